-- Where the time went: seconds of computing by task, activation and width.
select
  task,
  activation,
  width,
  count(*) as networks,
  round(sum(unit_seconds / unit_rows), 6) as seconds,
  1000 * avg(unit_seconds / unit_rows) as milliseconds_a_network
from replicates
where unit_rows > 0
group by task, activation, width
order by seconds desc, task, activation, width
