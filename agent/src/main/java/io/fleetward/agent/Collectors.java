package io.fleetward.agent;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.collector.arp.ArpCollector;
import io.fleetward.agent.collector.bonding.BondingCollector;
import io.fleetward.agent.collector.btrfs.BtrfsCollector;
import io.fleetward.agent.collector.certificates.CertificatesCollector;
import io.fleetward.agent.collector.cgroup.CgroupCollector;
import io.fleetward.agent.collector.conntrack.ConntrackCollector;
import io.fleetward.agent.collector.cpu.CpuCollector;
import io.fleetward.agent.collector.cpufreq.CpufreqCollector;
import io.fleetward.agent.collector.diskstats.DiskstatsCollector;
import io.fleetward.agent.collector.dmi.DmiCollector;
import io.fleetward.agent.collector.edac.EdacCollector;
import io.fleetward.agent.collector.entropy.EntropyCollector;
import io.fleetward.agent.collector.filefd.FilefdCollector;
import io.fleetward.agent.collector.filesystem.FilesystemCollector;
import io.fleetward.agent.collector.hwmon.HwmonCollector;
import io.fleetward.agent.collector.kmsg.KmsgCollector;
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
import io.fleetward.agent.collector.systemd.SystemdCollector;
import io.fleetward.agent.collector.thermal.ThermalCollector;
import io.fleetward.agent.collector.time.TimeCollector;
import io.fleetward.agent.collector.timex.TimexCollector;
import io.fleetward.agent.collector.udpqueues.UdpQueuesCollector;
import io.fleetward.agent.collector.uname.UnameCollector;
import io.fleetward.agent.collector.vmstat.VmstatCollector;
import io.fleetward.agent.collector.xfs.XfsCollector;
import io.fleetward.agent.collector.zfs.ZfsCollector;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Kernel;
import io.fleetward.agent.series.SeriesTable;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// Every collector that an agent has.
public final class Collectors {
  private Collectors() {}

  /// @param bootId the id that the kernel made when it booted
  /// @param certificates files whose certificates' expiry is told
  public static List<Collector> all(
      HostPaths paths, SeriesTable table, String bootId, List<Path> certificates) {
    List<Collector> all = new ArrayList<>(ofHost(paths, table, bootId));
    all.add(certificates(certificates, table));
    return all;
  }

  /// @param files whose certificates' expiry is told
  static Collector certificates(List<Path> files, SeriesTable table) {
    return new CertificatesCollector(files, table, System::nanoTime);
  }

  /// Those that need nothing but the host.
  static List<Collector> ofHost(HostPaths paths, SeriesTable table, String bootId) {
    return List.of(
        new ArpCollector(paths, table),
        new BondingCollector(paths, table),
        new BtrfsCollector(paths, table),
        new CgroupCollector(paths, table),
        new ConntrackCollector(paths, table),
        new CpuCollector(paths, table),
        new CpufreqCollector(paths, table),
        new DiskstatsCollector(paths, table),
        new DmiCollector(paths, table),
        new EdacCollector(paths, table),
        new EntropyCollector(paths, table),
        new FilefdCollector(paths, table),
        new FilesystemCollector(paths, table),
        new HwmonCollector(paths, table),
        new KmsgCollector(paths.root("dev/kmsg"), table),
        new LoadavgCollector(paths, table),
        new MdadmCollector(paths, table),
        new MeminfoCollector(paths, table),
        new NetclassCollector(paths, table),
        new NetdevCollector(paths, table),
        new NetstatCollector(paths, table),
        new NfsCollector(paths, table),
        new NfsdCollector(paths, table),
        new NvmeCollector(paths, table),
        new OsCollector(paths, table),
        new PackagesCollector(paths, table, System::nanoTime),
        new PowerSupplyCollector(paths, table),
        new PressureCollector(paths, table),
        new ProcessesCollector(paths.procfs(), table, bootId, Kernel.pageSize()),
        new RaplCollector(paths, table),
        new SchedstatCollector(paths, table),
        new SelinuxCollector(paths, table),
        new SockstatCollector(paths, table, Kernel.pageSize()),
        new SoftnetCollector(paths, table),
        new StatCollector(paths, table),
        new SystemdCollector(paths, table),
        new ThermalCollector(paths, table),
        new TimeCollector(paths, table, System::currentTimeMillis, ZoneId.systemDefault()),
        new TimexCollector(table),
        new UdpQueuesCollector(paths, table),
        new UnameCollector(table),
        new VmstatCollector(paths, table),
        new XfsCollector(paths, table),
        new ZfsCollector(paths, table));
  }
}
