# Compares rows of two CSV files, CPU first: cell_id, replicate, status, seconds, then numbers.
# Variable: tolerance, of max(1, |value|). Exit code 1 if they differ.
FNR == 1 { file++; for (i = 1; i <= NF; i++) name[i] = $i; columns = NF; next }
$3 != "measured" { failed[file]++ }
{ seconds[file] += $4 }
file == 1 { cpu[$1 "," $2] = $0; rows++; next }
{
  key = $1 "," $2
  if (!(key in cpu)) { missing++; next }
  compared++
  split(cpu[key], other, ",")
  for (i = 5; i <= columns; i++) {
    if (other[i] == "" && $i == "") continue
    count[i]++
    # A number on one side only, or one that is none, differs from any number.
    if (other[i] !~ /^-?[0-9]/ || $i !~ /^-?[0-9]/) { if (other[i] != $i) wrong[i]++; continue }
    difference = $i - other[i]
    if (difference < 0) difference = -difference
    size = other[i] < 0 ? -other[i] : other[i]
    difference /= size > 1 ? size : 1
    if (difference > most[i]) most[i] = difference
    if (difference > tolerance) wrong[i]++
  }
}
END {
  printf "%-18s %8s %12s %8s\n", "column", "rows", "largest", "beyond"
  for (i = 5; i <= columns; i++) {
    printf "%-18s %8d %12.1e %8d\n", name[i], count[i], most[i], wrong[i]
    bad += wrong[i]
    empty += count[i] == 0
  }
  printf "seconds of units: openblas %.2f, cuda %.2f\n", seconds[1], seconds[2]
  bad += failed[1] + failed[2] + missing + (compared != rows) + (rows == 0) + empty
  if (bad) {
    printf "verdict: DIFFERENT: %d failed on openblas, %d on cuda; %d of %d rows compared\n", \
      failed[1], failed[2], compared, rows
    exit 1
  }
  printf "verdict: the %d rows agree to %s of max(1, |value|)\n", rows, tolerance
}
