-- The fifty cells that are farthest from theory at their width.
select
  cell_id,
  activation,
  depth,
  width,
  sigma_w2,
  sigma_b2,
  keep_probability,
  replicates,
  ln_q_mean,
  expected_ln_q,
  expected_ln_q_sd,
  z_ln_q
from cells
where z_ln_q is not null
order by abs(z_ln_q) desc, cell_id
limit 50
