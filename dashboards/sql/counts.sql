-- How many cells and networks there are of each task, and how many failed.
select
  task,
  count(*) as cells,
  sum(replicates) as networks,
  sum(failed) as failed_networks,
  sum(case when failed > 0 then 1 else 0 end) as cells_with_failures
from cells
group by task
order by task
