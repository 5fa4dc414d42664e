# Faults by ordinary tools, paced by seconds: sh faults.sh KIND RATE SECONDS FOLDER SEED
kind=$1 rate=$2 seconds=$3 folder=$4
end=$(($(date +%s) + seconds))
going() { [ "$(date +%s)" -lt "$end" ]; }

case $kind in
  cpu-hog) while going; do head -c 200000000 /dev/zero | sha256sum >/dev/null; done ;;
  healthy-load)
    # What a nightly job does: it packs what is there, at a leisurely pace.
    while going; do
      find /usr/share/doc -type f 2>/dev/null | head -n $((rate * 5)) | tar -cf - -T - 2>/dev/null | gzip >"$folder/docs.tar.gz"
      sort "$folder/docs.tar.gz" | wc -l >/dev/null
      sleep 0.3
    done ;;
  disk-filling)
    n=0
    while going && [ $((n * rate)) -lt 800 ]; do
      dd if=/dev/urandom of="$folder/backup.$n" bs=1M count="$rate" 2>/dev/null
      n=$((n + 1))
      sleep 0.8
    done ;;
  inode-filling)
    n=0
    while going && [ "$n" -lt 60 ]; do
      mkdir "$folder/$n"
      (cd "$folder/$n" && seq 1 "$rate" | xargs touch)
      n=$((n + 1))
      sleep 0.7
    done ;;
  disk-load)
    dd if=/dev/zero of="$folder/image" bs=1M count=256 conv=fsync 2>/dev/null
    while going; do
      dd if="$folder/image" of=/dev/null bs=1M count="$rate" iflag=direct 2>/dev/null
      sleep 0.5
    done ;;
  sync-storm) while going; do dd if=/dev/zero of="$folder/sync" bs=512 count="$rate" oflag=dsync 2>/dev/null; done ;;
  log-flood)
    while going; do
      i=0
      while [ "$i" -lt "$rate" ]; do
        echo "$(( i + end )) daemon[$$]: WARNING: cannot open device $i: Permission denied, trying again" >>"$folder/daemon.log"
        i=$((i + 10))
      done
      sleep 0.05
    done ;;
  crash-loop) while going; do sh -c 'ls /proc/self/ >/dev/null; grep -q root /etc/passwd; exit 1'; sleep "0.$rate"; done ;;
  fork-storm) while going; do (:); (:); (:); (:); (:); (:); (:); (:); (:); (:); done ;;
  task-leak)
    n=0
    while going && [ "$n" -lt 500 ]; do
      i=0
      while [ "$i" -lt "$rate" ]; do sleep "$seconds" & i=$((i + 1)); done
      n=$((n + rate))
      sleep 1
    done ;;
  *) echo "no fault $kind" >&2; exit 2 ;;
esac
while going; do sleep 0.2; done
