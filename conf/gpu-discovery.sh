#!/usr/bin/env bash
# Prints the GPUs of this machine as Spark wants them: {"name": "gpu", "addresses": ["0", "1"]}.
# Addresses are the numbers that CUDA gives the devices in a process of this environment, because
# tasks bind to them: what CUDA_VISIBLE_DEVICES leaves is counted from 0. CUDA counts as nvidia-smi
# does where CUDA_DEVICE_ORDER=PCI_BUS_ID is set, as in conf/spark/rapids.conf.
# Containers with the driver's capability compute alone have no nvidia-smi; they have a file below
# /dev, or the folder that is given, for each GPU that they may use.
set -euo pipefail

if [[ -n "${CUDA_VISIBLE_DEVICES+set}" ]]; then
  IFS=',' read -ra gpus <<<"$CUDA_VISIBLE_DEVICES"
elif command -v nvidia-smi >/dev/null; then
  list=$(nvidia-smi --query-gpu=index --format=csv,noheader)
  mapfile -t gpus <<<"$list"
else
  mapfile -t gpus < <(compgen -G "${1:-/dev}/nvidia[0-9]*")
fi

addresses=""
for i in "${!gpus[@]}"; do
  addresses+="${addresses:+, }\"$i\""
done
echo "{\"name\": \"gpu\", \"addresses\": [$addresses]}"
