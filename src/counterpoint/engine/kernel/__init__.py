"""The exact Gibbs sampler as one compiled kernel.

Letters are those of the model: K the inverse of Q, ``coef`` = [A|B], ``dev`` the deviations d,
``x`` the states, ``pz`` and ``p`` the precision-weighted sums of the items and their precisions,
``r`` the item variances, ``h`` time together.

The kernel owns every array it writes and the generator it draws from, and releases the interpreter,
so a dyad's draws do not depend on which thread ran it or what ran before. Inside, the days stand
last: ``x`` is (4, days), answers are (4, items, days), so that what does not go from day to day is
done for several days at once. All loops are
written out: calls into linear algebra packages on 4 by 4 matrices would cost more to compile and
more to run.

Importing a module of this package imports the compiler; only `counterpoint.engine.sampling`,
`counterpoint.engine.diagnostics`, `counterpoint.engine.effective`,
`counterpoint.engine.population_block`, `counterpoint.engine.readiness` and
`counterpoint.engine.stationary` do, and only when a compiled fit is asked for.
"""
