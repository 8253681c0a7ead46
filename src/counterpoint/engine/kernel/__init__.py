"""The exact Gibbs sampler as one compiled kernel.

Letters are those of the model: K the inverse of Q, ``coef`` = [A|B], ``dev`` the deviations d,
``x`` the states, ``pz`` and ``p`` the precision-weighted sums of the items and their precisions,
``r`` the item variances, ``h`` time together.

The kernel owns every array it writes, releases the interpreter, and seeds the generator of its own
thread, so a dyad's draws do not depend on which thread ran it or what ran before. All loops are
written out: calls into linear algebra packages on 4 by 4 matrices would cost more to compile and
more to run.

Importing a module of this package imports the compiler; only `counterpoint.engine.sampling`,
`counterpoint.engine.diagnostics`, `counterpoint.engine.population_block` and
`counterpoint.engine.readiness` do, and only when a compiled fit is asked for.
"""
