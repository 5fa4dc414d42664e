package io.fleetward.agent.scraping;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.settings.ExporterSettings;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.StaleMarker;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Exporters over HTTP, as the host's scrape shows them.
@Timeout(30)
class ExportersCollectorTest implements ScrapeEvents {
  private static final String STALE = "stale";

  @TempDir Path folder;
  private final SeriesTable table = new SeriesTable("web-1");
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Set<String> refusals = ConcurrentHashMap.newKeySet();
  private PageServer server;
  private @Nullable ExportersCollector collector;

  @BeforeEach
  void open() throws IOException {
    server = PageServer.open();
  }

  @AfterEach
  void close() {
    if (collector != null) {
      collector.close();
    }
    server.close();
  }

  @Test
  void anExportersSeriesBecomePartOfTheScrape() throws IOException {
    server.serve("a{x=\"y\"} 1\nb 2.5\n");
    start(exporter("db", server.url("http")));
    SortedMap<String, String> scrape = await(series -> series.containsKey("b{db}"));

    assertThat(scrape)
        .containsEntry("a{db, x=y}", "1.0")
        .containsEntry("b{db}", "2.5")
        .containsEntry("up{db}", "1.0")
        .containsEntry("scrape_samples_scraped{db}", "2.0")
        .containsKey("scrape_duration_seconds{db}")
        .hasSize(5);
  }

  @Test
  void aSeriesThatVanishesIsMarkedOnce() throws IOException {
    server.serve("a 1\nb 1\n");
    start(exporter("db", server.url("http")));
    await(series -> series.containsKey("b{db}"));
    server.serve("a 2\n");
    await(series -> STALE.equals(series.get("b{db}")));

    assertThat(scrape()).containsEntry("a{db}", "2.0").doesNotContainKey("b{db}");
  }

  @Test
  void anExporterThatIsGoneEndsItsSeriesAndComesBack() throws IOException {
    server.serve("a 1\n");
    start(exporter("db", server.url("http")));
    await(series -> series.containsKey("a{db}"));
    server.answerWith(503);
    SortedMap<String, String> gone = await(series -> "0.0".equals(series.get("up{db}")));
    assertThat(gone)
        .containsEntry("a{db}", STALE)
        .containsEntry("scrape_samples_scraped{db}", "0.0");
    server.answerWith(200);
    await(series -> "1.0".equals(series.get("a{db}")));

    assertThat(told).containsExactly("lost db: answered with status 503", "found db");
  }

  @Test
  void aSlowExporterHoldsUpNobody() throws IOException {
    try (PageServer slow = PageServer.open()) {
      server.serve("a 1\n");
      slow.serve("c 1\n");
      slow.hold();
      start(exporter("fast", server.url("http")), exporter("slow", slow.url("http")));
      await(series -> "0.0".equals(series.get("up{slow}")));

      int before = server.answered();
      await(_ -> server.answered() > before + 2);
      assertThat(scrape()).containsEntry("a{fast}", "1.0").containsEntry("up{slow}", "0.0");
      slow.release();
      await(series -> series.containsKey("c{slow}"));
    }
  }

  @Test
  void whatIsNoPageIsTold() throws IOException {
    server.serve("a 1\nb{ 2\n");
    start(exporter("db", server.url("http")));
    await(series -> "0.0".equals(series.get("up{db}")));
    assertThat(told)
        .containsExactly("lost db: its page is malformed: 2:4: expected a name, found '2'");

    server.serve("<html>");
    server.serveAs("text/html");
    int before = server.answered();
    await(_ -> server.answered() > before + 1);
    assertThat(scrape()).containsEntry("up{db}", "0.0").doesNotContainKey("a{db}");
  }

  @Test
  void aPageBeyondTheLimitIsNotTaken() throws IOException {
    server.serve("a 1\n".repeat(3) + "b 1\n".repeat(100));
    start(exporter("db", server.url("http")));
    await(series -> "0.0".equals(series.get("up{db}")));

    assertThat(told.getFirst()).contains("its page has more than 100 samples");
    assertThat(refusals).containsOnly("db series-limit");
  }

  @Test
  void aPageWithoutEndIsGivenUp() throws IOException {
    server.answerWith(PageServer.Body.ENDLESS);
    start(exporter("db", server.url("http"), Duration.ofSeconds(10)));
    await(_ -> refusals.contains("db too-large"));

    assertThat(told.getFirst()).contains("its page is larger than 1048576 bytes");
  }

  @Test
  void aPageThatTricklesIsGivenUpInTime() throws IOException {
    server.answerWith(PageServer.Body.TRICKLING);
    start(exporter("db", server.url("http")));
    await(_ -> refusals.contains("db timeout"));

    assertThat(told.getFirst()).contains("its page took longer than PT0.1S");
  }

  @Test
  void followsNobodyElsewhere() throws IOException {
    try (PageServer other = PageServer.open()) {
      other.serve("a 1\n");
      server.answerWith(302);
      server.sendTo(other.url("http"));
      start(exporter("db", server.url("http")));
      await(_ -> refusals.contains("db status"));

      assertThat(told.getFirst()).contains("sent us elsewhere with status 302; write the address");
      assertThat(other.answered()).isZero();
    }
  }

  @Test
  void nobodyListensIsTold() throws IOException {
    URI url = server.url("http");
    server.close();
    start(exporter("db", url));
    await(_ -> refusals.contains("db unreachable"));

    assertThat(told.getFirst()).contains("Connection refused");
  }

  @Test
  void unpacksAndReadsOpenMetrics() throws IOException {
    server.pack();
    server.serveAs("application/openmetrics-text; version=1.0.0; charset=utf-8");
    server.serve("a_total 1 # {t=\"x\"} 1\n# EOF\n");
    start(exporter("db", server.url("http")));

    await(series -> series.containsKey("a_total{db}"));
  }

  @Test
  void exportersTogetherLeaveRoomForTheHost() throws IOException {
    StringBuilder page = new StringBuilder();
    for (int i = 0; i < 90; i++) {
      page.append("a{i=\"%d\",x=\"%s\"} 1\n".formatted(i, "y".repeat(4_000)));
    }
    server.serve(page.toString());
    start(exporter("one", server.url("http")), exporter("two", server.url("http")));
    await(series -> series.containsKey("up{one}") && series.containsKey("up{two}"));

    assertThat(told).hasSize(1).first().asString().contains("all exporters together");
  }

  @Test
  void trustsOnlyItsCertificateAuthority() throws Exception {
    Path keys = folder.resolve("keys.p12");
    Path certificate = folder.resolve("ca.pem");
    keytool(
        "-genkeypair",
        "-keystore",
        keys,
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=x",
        "-ext",
        "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-keystore", keys, "-alias", "a", "-file", certificate);
    HttpsServer secured =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secured.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    Files.writeString(folder.resolve("token"), "s3cret\n");
    try (PageServer page = new PageServer(secured)) {
      page.serve("a 1\n");
      ExporterSettings plain = exporter("untrusted", page.url("https"));
      start(
          plain,
          new ExporterSettings(
              "trusted",
              plain.url(),
              plain.interval(),
              plain.timeout(),
              Labels.EMPTY,
              false,
              10,
              certificate.toString(),
              folder.resolve("token").toString()));
      SortedMap<String, String> scrape =
          await(series -> series.containsKey("a{trusted}") && series.containsKey("up{untrusted}"));

      assertThat(scrape).containsEntry("up{untrusted}", "0.0").doesNotContainKey("a{untrusted}");
      assertThat(page.authorization).isEqualTo("Bearer s3cret");
    }
  }

  private static SSLContext context(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(keys.toFile())) {
      store.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(Object... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    command.addAll(List.of("-storepass", "changeit", "-storetype", "PKCS12"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static ExporterSettings exporter(String name, URI url) {
    return exporter(name, url, Duration.ofMillis(100));
  }

  private static ExporterSettings exporter(String name, URI url, Duration timeout) {
    return new ExporterSettings(
        name, url, Duration.ofMillis(100), timeout, Labels.EMPTY, false, 100, "", "");
  }

  private void start(ExporterSettings... exporters) throws IOException {
    collector =
        ExportersCollector.of(
            List.of(exporters), "web-1", Duration.ofMillis(100), table, new SeriesBudget(), this);
    collector.start();
  }

  /// Takes scrapes until one is as wanted.
  private SortedMap<String, String> await(Predicate<SortedMap<String, String>> isWanted) {
    SortedMap<String, String> scrape = scrape();
    while (!isWanted.test(scrape)) {
      assertThat(Thread.interrupted()).as("out of time: %s", scrape).isFalse();
      LockSupport.parkNanos(5_000_000);
      scrape = scrape();
    }
    return scrape;
  }

  /// The scrape's series, by name and labels.
  private SortedMap<String, String> scrape() {
    if (collector != null) {
      collector.collect();
    }
    Scrape scrape = table.take(System.currentTimeMillis());
    SortedMap<String, String> series = new TreeMap<>();
    IntStream.range(0, scrape.size())
        .forEach(i ->
            series.put(
                nameOf(scrape.layout().series().get(i)),
                StaleMarker.is(scrape.value(i)) ? STALE : Double.toString(scrape.value(i))));
    return series;
  }

  private static String nameOf(Labels labels) {
    assertThat(labels.value("instance")).isEqualTo("web-1");
    StringBuilder name =
        new StringBuilder(labels.metricName()).append('{').append(labels.value("job"));
    labels
        .without("__name__", "instance", "job")
        .toMap()
        .forEach((key, value) -> name.append(", ").append(key).append('=').append(value));
    return name.append('}').toString();
  }

  @Override
  public void pageTaken(String exporter) {}

  @Override
  public void pageRefused(String exporter, String reason) {
    refusals.add(exporter + " " + reason);
  }

  @Override
  public void exporterLost(String exporter, String reason) {
    told.add("lost %s: %s".formatted(exporter, reason));
  }

  @Override
  public void exporterFound(String exporter) {
    told.add("found " + exporter);
  }
}
