package io.fleetward.agent.collector.kmsg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.agent.linux.Fields;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.protocol.metrics.Scrape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KmsgCollectorTest {
  @TempDir Path folder;
  private final SeriesTable table = new SeriesTable("web-1");
  private Path log = Path.of("");
  private KmsgCollector collector = new KmsgCollector(log, table);

  @BeforeEach
  void open() throws IOException {
    log = Files.writeString(folder.resolve("kmsg"), "3,1,100,-;Buffer I/O error on dev sda\n");
    collector = new KmsgCollector(log, table);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "io_error         | blk_update_request: I/O error, dev sdb, sector 1024 op 0x0:(READ)",
        "io_error         | critical medium error, dev sda, sector 2048",
        "filesystem_error | EXT4-fs error (device sda1): ext4_lookup:1602: inode #2: comm ls",
        "filesystem_error | EXT4-fs (sda1): Remounting filesystem read-only",
        "hung_task        | INFO: task kworker/0:1:17 blocked for more than 120 seconds.",
        "lockup           | watchdog: BUG: soft lockup - CPU#3 stuck for 22s! [java:4242]",
        "lockup           | rcu: INFO: rcu_preempt self-detected stall on CPU",
        "machine_check    | mce: [Hardware Error]: Machine check events logged",
        "segfault         | nginx[700]: segfault at 0 ip 00007f sp 00007ffd error 4 in nginx[55d0]",
        "segfault         | traps: a.out[77] general protection fault ip:401136 sp:7ffe error:0",
        "link_down        | e1000e 0000:00:19.0 eth0: NIC Link is Down",
        "link_down        | bond0: (slave eth1): link status definitely down, disabling slave",
        "oom_kill         | Out of memory: Killed process 4242 (java) total-vm:1kB",
        "oom_kill         | Memory cgroup out of memory: Killed process 9 (x)",
        "kernel_bug       | kernel BUG at mm/slub.c:305!",
        "none             | e1000e 0000:00:19.0 eth0: NIC Link is Up 1000 Mbps",
        "none             | EXT4-fs (sda1): mounted filesystem with ordered data mode",
      })
  void knowsWhatAMessageMeans(String kind, String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    int event = LogEvent.indexOf(new Fields("log").reset(bytes, bytes.length).firstLine());

    assertThat(event < 0 ? "none" : LogEvent.all().get(event).kind()).isEqualTo(kind);
  }

  @Test
  void countsWhatIsSaidFromNowOn() throws IOException {
    assertThat(events()).containsEntry("io_error", 0.0).hasSize(LogEvent.all().size());
    say("3,2,200,-;I/O error, dev sda\n SUBSYSTEM=block\n DEVICE=b8:0\n");
    say("4,3,300,-;eth0: NIC Link is Down\n");
    say("6,4,400,c;eth0: NIC Link is Up\n");

    assertThat(events()).containsEntry("io_error", 1.0).containsEntry("link_down", 1.0);
    assertThat(events()).containsEntry("io_error", 1.0);
  }

  @Test
  void countsMessagesByLevel() throws IOException {
    events();
    say("0,2,200,-;panic\n3,3,300,-;one\n3,4,400,-;two\n6,5,500,-;chatter\n");

    assertThat(values("fleetward_kernel_log_messages_total", "level"))
        .isEqualTo(Map.of("emerg", 1.0, "alert", 0.0, "crit", 0.0, "err", 2.0, "warning", 0.0));
  }

  @Test
  void programsCannotSpeakForTheKernel() throws IOException {
    events();
    say("11,2,200,-;I/O error, dev sda\n");

    assertThat(events()).containsEntry("io_error", 0.0);
  }

  @Test
  void failsOnWhatIsNoRecordAndGoesOn() throws IOException {
    events();
    say("not a record\n");
    assertThatThrownBy(collector::collect).hasMessageContaining("is not a whole number");
    say("3,2,200,-;I/O error, dev sda\n");

    assertThat(events()).containsEntry("io_error", 1.0);
  }

  @Test
  void tellsNothingWhereThereIsNoLog() throws IOException {
    KmsgCollector none = new KmsgCollector(folder.resolve("none"), table);
    none.collect();

    assertThat(table.take(1).size()).isZero();
  }

  private void say(String record) throws IOException {
    Files.writeString(log, record, StandardOpenOption.APPEND);
  }

  private Map<String, Double> events() throws IOException {
    return values("fleetward_kernel_log_events_total", "kind");
  }

  private Map<String, Double> values(String metric, String label) throws IOException {
    collector.collect();
    Scrape scrape = table.take(0);
    Map<String, Double> values = new TreeMap<>();
    for (int i = 0; i < scrape.size(); i++) {
      if (scrape.layout().series().get(i).metricName().equals(metric)) {
        values.put(scrape.layout().series().get(i).value(label), scrape.value(i));
      }
    }
    return values;
  }
}
