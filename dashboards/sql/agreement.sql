-- Whether theory at finite width agrees with signals: shares of cells with |z| up to 2 and 4 (0.954 and 0.9999 of
-- normal ones), by activation and width.
select
  activation,
  width,
  count(z_ln_q) as cells,
  avg(z_ln_q) as mean_z,
  stddev_samp(z_ln_q) as sd_z,
  avg(case when abs(z_ln_q) <= 2 then 1.0 else 0.0 end) as within_2,
  avg(case when abs(z_ln_q) <= 4 then 1.0 else 0.0 end) as within_4
from cells
where task = 'propagation' and z_ln_q is not null
group by activation, width
order by activation, width
