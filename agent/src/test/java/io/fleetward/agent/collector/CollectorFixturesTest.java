package io.fleetward.agent.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.collector.arp.ArpCollector;
import io.fleetward.agent.collector.bonding.BondingCollector;
import io.fleetward.agent.collector.btrfs.BtrfsCollector;
import io.fleetward.agent.collector.cgroup.CgroupCollector;
import io.fleetward.agent.collector.conntrack.ConntrackCollector;
import io.fleetward.agent.collector.cpu.CpuCollector;
import io.fleetward.agent.collector.cpufreq.CpufreqCollector;
import io.fleetward.agent.collector.diskstats.DiskstatsCollector;
import io.fleetward.agent.collector.dmi.DmiCollector;
import io.fleetward.agent.collector.edac.EdacCollector;
import io.fleetward.agent.collector.entropy.EntropyCollector;
import io.fleetward.agent.collector.filefd.FilefdCollector;
import io.fleetward.agent.collector.filesystem.FilesystemFixtures;
import io.fleetward.agent.collector.hwmon.HwmonCollector;
import io.fleetward.agent.collector.loadavg.LoadavgCollector;
import io.fleetward.agent.collector.mdadm.MdadmCollector;
import io.fleetward.agent.collector.meminfo.MeminfoCollector;
import io.fleetward.agent.collector.netclass.NetclassCollector;
import io.fleetward.agent.collector.netdev.NetdevCollector;
import io.fleetward.agent.collector.netstat.NetstatCollector;
import io.fleetward.agent.collector.nfs.NfsCollector;
import io.fleetward.agent.collector.nfs.NfsdCollector;
import io.fleetward.agent.collector.nvme.NvmeCollector;
import io.fleetward.agent.collector.os.OsCollector;
import io.fleetward.agent.collector.packages.PackagesCollector;
import io.fleetward.agent.collector.powersupply.PowerSupplyCollector;
import io.fleetward.agent.collector.pressure.PressureCollector;
import io.fleetward.agent.collector.processes.ProcessesCollector;
import io.fleetward.agent.collector.rapl.RaplCollector;
import io.fleetward.agent.collector.schedstat.SchedstatCollector;
import io.fleetward.agent.collector.selinux.SelinuxCollector;
import io.fleetward.agent.collector.sockstat.SockstatCollector;
import io.fleetward.agent.collector.softnet.SoftnetCollector;
import io.fleetward.agent.collector.stat.StatCollector;
import io.fleetward.agent.collector.thermal.ThermalCollector;
import io.fleetward.agent.collector.time.TimeCollector;
import io.fleetward.agent.collector.udpqueues.UdpQueuesCollector;
import io.fleetward.agent.collector.vmstat.VmstatCollector;
import io.fleetward.agent.collector.xfs.XfsCollector;
import io.fleetward.agent.collector.zfs.ZfsCollector;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.protocol.metrics.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every collector on files of a host against golden text; `UPDATE_GOLDEN=true` rewrites it.
class CollectorFixturesTest {
  private static final int PAGE_SIZE = 4096;
  private static final long NOW = 1_700_000_000_500L;

  private record Maker(String name, BiFunction<HostPaths, SeriesTable, Collector> collector) {}

  private static final List<Maker> MAKERS =
      List.of(
          new Maker("arp", ArpCollector::new),
          new Maker("btrfs", BtrfsCollector::new),
          new Maker("mdadm", MdadmCollector::new),
          new Maker("nfs", NfsCollector::new),
          new Maker("nfsd", NfsdCollector::new),
          new Maker("xfs", XfsCollector::new),
          new Maker("zfs", ZfsCollector::new),
          new Maker("bonding", BondingCollector::new),
          new Maker("cpufreq", CpufreqCollector::new),
          new Maker("dmi", DmiCollector::new),
          new Maker("edac", EdacCollector::new),
          new Maker("nvme", NvmeCollector::new),
          new Maker("packages", (paths, table) -> new PackagesCollector(paths, table, () -> 0)),
          new Maker("powersupply", PowerSupplyCollector::new),
          new Maker("rapl", RaplCollector::new),
          new Maker("schedstat", SchedstatCollector::new),
          new Maker("thermal", ThermalCollector::new),
          new Maker("cgroup", CgroupCollector::new),
          new Maker("conntrack", ConntrackCollector::new),
          new Maker("cpu", CpuCollector::new),
          new Maker("diskstats", DiskstatsCollector::new),
          new Maker("entropy", EntropyCollector::new),
          new Maker("filefd", FilefdCollector::new),
          new Maker("filesystem", FilesystemFixtures::collector),
          new Maker("hwmon", HwmonCollector::new),
          new Maker("loadavg", LoadavgCollector::new),
          new Maker("meminfo", MeminfoCollector::new),
          new Maker("netclass", NetclassCollector::new),
          new Maker("netdev", NetdevCollector::new),
          new Maker("netstat", NetstatCollector::new),
          new Maker("os", OsCollector::new),
          new Maker("pressure", PressureCollector::new),
          new Maker(
              "processes",
              (paths, table) -> new ProcessesCollector(paths.procfs(), table, "boot-1", PAGE_SIZE)),
          new Maker("selinux", SelinuxCollector::new),
          new Maker("sockstat", (paths, table) -> new SockstatCollector(paths, table, PAGE_SIZE)),
          new Maker("softnet", SoftnetCollector::new),
          new Maker("stat", StatCollector::new),
          new Maker(
              "time",
              (paths, table) ->
                  new TimeCollector(paths, table, () -> NOW, ZoneId.of("Europe/Berlin"))),
          new Maker("udpqueues", UdpQueuesCollector::new),
          new Maker("vmstat", VmstatCollector::new));

  @TempDir Path folder;

  static Stream<Arguments> cases() {
    return Stream.of("full", "partial", "invalid")
        .flatMap(tree -> MAKERS.stream().map(maker -> Arguments.of(tree, maker.name())));
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("cases")
  void readsWhatTheTreeHolds(String tree, String name) throws IOException {
    HostPaths paths = HostTree.unpack(name, tree, folder);
    SeriesTable table = new SeriesTable("web-1");
    Maker maker = MAKERS.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
    Collector collector = maker.collector().apply(paths, table);

    String first = collected(collector, table);
    String second = collected(collector, table);

    Path golden = HostTree.fixture(name, tree + ".expected");
    if (Boolean.parseBoolean(System.getenv("UPDATE_GOLDEN"))) {
      Files.writeString(golden, first);
    }
    assertThat(first).isEqualTo(Files.readString(golden));
    assertThat(second).as("the second time").isEqualTo(first);
  }

  /// The series in order, and why it failed if it did.
  private String collected(Collector collector, SeriesTable table) {
    List<String> lines = new ArrayList<>();
    try {
      collector.collect();
    } catch (IOException e) {
      lines.add("# failed: " + e.getMessage());
    }
    Scrape scrape = table.take(0);
    for (int i = 0; i < scrape.size(); i++) {
      lines.add(scrape.layout().series().get(i) + " " + scrape.value(i));
    }
    Collections.sort(lines);
    return String.join("\n", lines).replace(folder + "/", "") + "\n";
  }
}
