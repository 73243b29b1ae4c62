-- The phase diagram: gradient gain, its standard error and theory, over depth and weight variance.
select
  activation,
  keep_probability,
  sigma_b2,
  width,
  sigma_w2,
  depth,
  ln_gradient_gain_mean,
  ln_gradient_gain_se,
  theory_ln_gradient_gain,
  z_ln_gradient_gain,
  phase
from cells
where task = 'propagation'
order by activation, keep_probability desc, sigma_b2, width, depth, sigma_w2
