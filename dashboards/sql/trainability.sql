-- The share of networks that trained, over depth and weight variance.
select
  activation,
  keep_probability,
  sigma_b2,
  width,
  sigma_w2,
  depth,
  replicates as networks,
  trained,
  cast(trained as double) / replicates as share_trained
from cells
where task = 'training' and replicates > 0
order by activation, keep_probability desc, sigma_b2, width, depth, sigma_w2
