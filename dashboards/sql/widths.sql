-- How the spread between networks falls with width: the standard deviation of ln q, times the square root of the width.
select
  activation,
  sigma_w2,
  depth,
  width,
  count(*) as networks,
  stddev_samp(ln_q) as sd_ln_q,
  stddev_samp(ln_q) * sqrt(width) as sd_times_root_width
from replicates
where task = 'propagation' and category = 'finite'
group by activation, sigma_w2, depth, width
order by activation, sigma_w2, depth, width
