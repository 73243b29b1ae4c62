-- What became of networks at initialisation, by activation and depth: shares that exploded and vanished.
select
  activation,
  depth,
  count(*) as networks,
  avg(case when category = 'finite' then 1.0 else 0.0 end) as finite_share,
  avg(case when category = 'exploded' then 1.0 else 0.0 end) as exploded_share,
  avg(case when category = 'vanished' then 1.0 else 0.0 end) as vanished_share
from replicates
where task = 'propagation' and status = 'measured'
group by activation, depth
order by activation, depth
