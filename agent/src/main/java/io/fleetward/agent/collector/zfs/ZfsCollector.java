package io.fleetward.agent.collector.zfs;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.linux.Folder;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Keyed;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;
import java.util.List;

/// `node_zfs_arc_hits` and the other counters of ZFS, `node_zfs_zpool_state{zpool,state}`, and what
/// each pool and dataset has read and written.
public final class ZfsCollector implements Collector {
  private record Source(String file, String prefix) {}

  private static final List<Source> SOURCES =
      List.of(
          new Source("abdstats", "node_zfs_abd_"),
          new Source("arcstats", "node_zfs_arc_"),
          new Source("dbufstats", "node_zfs_dbuf_"),
          new Source("dmu_tx", "node_zfs_dmu_tx_"),
          new Source("dnodestats", "node_zfs_dnode_"),
          new Source("fm", "node_zfs_fm_"),
          new Source("vdev_cache_stats", "node_zfs_vdev_cache_"),
          new Source("vdev_mirror_stats", "node_zfs_vdev_mirror_"),
          new Source("xuio_stats", "node_zfs_xuio_"),
          new Source("zfetchstats", "node_zfs_zfetch_"),
          new Source("zil", "node_zfs_zil_"));

  private final Folder zfs;
  private final List<KernelStatistics> statistics;
  private final Keyed<Pool> pools;

  public ZfsCollector(HostPaths paths, SeriesTable table) {
    this.zfs = Folder.at(paths.proc("spl/kstat/zfs"));
    this.statistics =
        SOURCES.stream()
            .map(source -> new KernelStatistics(table, source.prefix(), List.of()))
            .toList();
    this.pools = new Keyed<>(pool -> new Pool(table, zfs.inside(pool), pool));
  }

  @Override
  public String name() {
    return "zfs";
  }

  @Override
  public void collect() throws IOException {
    for (int i = 0; i < SOURCES.size(); i++) {
      statistics.get(i).collect(zfs.read(SOURCES.get(i).file()));
    }
    Fields names = zfs.folders();
    while (names.nextLine() && names.nextField()) {
      pools.get(names).collect();
    }
    pools.forgetUnseen();
  }
}
