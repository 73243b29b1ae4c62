-- Why networks failed, the commonest reason first.
select
  error_class,
  count(*) as networks,
  count(distinct cell_id) as cells,
  max(error_message) as example
from replicates
where status = 'failed'
group by error_class
order by networks desc, error_class
