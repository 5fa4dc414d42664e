package io.fleetward.agent.collector.processes;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.MalformedFileException;
import io.fleetward.agent.linux.ProcessScan;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The five processes that used most CPU since the last scrape and the five with most resident
/// memory: `fleetward_top_process_cpu_seconds_total{comm,unit,pid,start}`,
/// `fleetward_top_process_resident_memory_bytes{comm,unit,pid,start}` and
/// `fleetward_top_process_info{comm,unit,pid,start,executable,uid,boot_id}`.
///
/// One that falls out of the top stays for some scrapes, so that series do not flap; one that is
/// gone ends at once.
public final class ProcessesCollector implements Collector {
  private static final double TICKS_PER_SECOND = 100;
  private static final int ROUNDS_KEPT_OUTSIDE = 5;
  private static final int MOST_KEPT = 20;

  private final Path procfs;
  private final SeriesTable table;
  private final String bootId;
  private final long pageSize;
  private final ProcessScan scan;
  private final ProcessTicks ticks = new ProcessTicks();
  private final TopFive byCpu = new TopFive();
  private final TopFive byMemory = new TopFive();
  private final List<TopProcess> kept = new ArrayList<>();
  private final ProcessScan.Visitor measure = this::measure;
  private final ProcessScan.Visitor report = this::report;

  public ProcessesCollector(Path procfs, SeriesTable table, String bootId, long pageSize) {
    this.procfs = procfs;
    this.table = table;
    this.bootId = bootId;
    this.pageSize = pageSize;
    this.scan = new ProcessScan(procfs);
  }

  @Override
  public String name() {
    return "processes";
  }

  @Override
  public void collect() throws IOException {
    byCpu.clear();
    byMemory.clear();
    scan.visitAll(measure);
    ticks.nextRound();
    for (int i = kept.size() - 1; i >= 0; i--) {
      kept.get(i).isThere = false;
      scan.visit(kept.get(i).pid, report);
    }
    reportNew(byCpu);
    reportNew(byMemory);
    forget();
  }

  private void reportNew(TopFive top) {
    for (int place = 0; place < top.count(); place++) {
      if (indexOf(top.pid(place)) < 0) {
        scan.visit(top.pid(place), report);
      }
    }
  }

  /// First walk: who is among the top.
  private void measure(int pid, Fields stat) throws MalformedFileException {
    stat.parenthesised();
    stat.skip(11);
    long used = stat.nextNumber() + stat.nextNumber();
    stat.skip(6);
    long start = stat.nextNumber();
    stat.skip(1);
    long residentPages = stat.nextNumber();
    boolean isFirst = ticks.isFirstRound();
    long since = ticks.since(pid, start, used);
    byCpu.offer(pid, isFirst ? 0 : since);
    byMemory.offer(pid, residentPages);
  }

  /// Second walk: what those use that are to be told.
  private void report(int pid, Fields stat) throws MalformedFileException {
    boolean isTop = byCpu.has(pid) || byMemory.has(pid);
    int known = indexOf(pid);
    if (!isTop && known < 0) {
      return;
    }
    stat.parenthesised();
    boolean isSameName = known >= 0 && stat.hasBytes(kept.get(known).name);
    String name = isSameName ? "" : stat.text();
    stat.skip(11);
    long used = stat.nextNumber() + stat.nextNumber();
    stat.skip(6);
    long start = stat.nextNumber();
    stat.skip(1);
    long residentPages = stat.nextNumber();
    if (known >= 0 && !(isSameName && kept.get(known).start == start)) {
      kept.remove(known);
      known = -1;
    }
    if (known < 0 && !isTop) {
      return;
    }
    TopProcess process = known < 0 ? enter(pid, start, name) : kept.get(known);
    process.isThere = true;
    process.roundsOutside = isTop ? 0 : process.roundsOutside + 1;
    process.cpuSeconds.set(used / TICKS_PER_SECOND);
    process.residentBytes.set((double) residentPages * pageSize);
    process.info.set(1);
  }

  private TopProcess enter(int pid, long start, String name) {
    TopProcess process =
        new TopProcess(
            table,
            procfs,
            bootId,
            pid,
            start,
            name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    kept.add(process);
    return process;
  }

  private int indexOf(int pid) {
    for (int i = 0; i < kept.size(); i++) {
      if (kept.get(i).pid == pid) {
        return i;
      }
    }
    return -1;
  }

  private void forget() {
    for (int i = kept.size() - 1; i >= 0; i--) {
      TopProcess process = kept.get(i);
      if (!process.isThere || process.roundsOutside >= ROUNDS_KEPT_OUTSIDE) {
        kept.remove(i);
      }
    }
    for (int i = 0; i < kept.size() && kept.size() > MOST_KEPT; i++) {
      if (kept.get(i).roundsOutside > 0) {
        kept.remove(i--);
      }
    }
  }
}
