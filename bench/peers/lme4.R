# One mixed model an equation, slopes varying freely between people.
# Rscript lme4.R rows.csv out.csv: writes person, equation, cause, estimate, standard error,
# and the population's mean and standard deviation of the slope.
suppressPackageStartupMessages(library(lme4))
given <- commandArgs(trailingOnly = TRUE)
rows <- read.csv(given[1])
causes <- c("own_connection", "own_self", "partner_connection", "partner_self")
found <- list()
singular <- 0
for (effect in c("connection", "self")) {
  formula <- as.formula(paste(
    effect, "~", paste(causes, collapse = " + "),
    "+ (1 +", paste(causes, collapse = " + "), "| person)"
  ))
  fit <- suppressWarnings(suppressMessages(lmer(formula, data = rows, REML = TRUE)))
  singular <- singular + isSingular(fit)
  own <- ranef(fit, condVar = TRUE)$person
  own_var <- attr(own, "postVar")
  fixed <- fixef(fit)
  fixed_var <- diag(as.matrix(vcov(fit)))
  spread <- attr(VarCorr(fit)$person, "stddev")
  for (cause in causes) {
    k <- match(cause, colnames(own))
    found[[length(found) + 1]] <- data.frame(
      person = as.integer(rownames(own)), effect = effect, cause = cause,
      estimate = fixed[cause] + own[[cause]],
      error = sqrt(pmax(own_var[k, k, ], 0) + fixed_var[cause]),
      population_mean = fixed[cause], population_sd = spread[cause]
    )
  }
}
write.csv(do.call(rbind, found), given[2], row.names = FALSE)
cat(singular, as.character(packageVersion("lme4")), R.version$major, R.version$minor, "\n")
