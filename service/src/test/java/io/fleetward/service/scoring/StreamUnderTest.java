package io.fleetward.service.scoring;

import io.fleetward.models.specification.ModelFiles;
import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.FeatureRow;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteEncoder;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.protocol.signing.ScrapeKey;
import io.fleetward.protocol.topics.Headers;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.rules.evaluation.EvaluationSettings;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleSet;
import io.fleetward.service.enrolment.ScrapeKeys;
import io.fleetward.service.fleet.FleetSettings;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/// The whole stream graph on records that a test makes, with a stepped clock. A take-over is
/// another driver that begins with what the first had in its store, and nothing else.
final class StreamUnderTest implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final PrometheusRegistry registry = new PrometheusRegistry();
  private final Path folder;
  private final ClassMembership membership;
  private final List<FeatureRow> rows = new ArrayList<>();
  private final ScoringMetrics metrics = new ScoringMetrics(registry);
  private final PlanInForce plan;
  private final RemoteWriteEncoder encoder = new RemoteWriteEncoder();
  private final List<AlertMessage> alerts = new ArrayList<>();
  private final List<TestRecord<String, byte[]>> deadLetters = new ArrayList<>();
  private final Map<String, ScrapeKey> sealing = new HashMap<>();
  private ScrapeKeys keys = _ -> Optional.empty();
  private TopologyTestDriver driver;

  StreamUnderTest(Path folder, String rules, String models) {
    this(folder, rules, models, ClassMembership.NONE);
  }

  StreamUnderTest(Path folder, String rules, String models, ClassMembership membership) {
    this(folder, rules, models, membership, EvaluationSettings.standard());
  }

  StreamUnderTest(
      Path folder,
      String rules,
      String models,
      ClassMembership membership,
      EvaluationSettings evaluation) {
    this.folder = folder;
    this.membership = membership;
    this.plan =
        new PlanInForce(
            ScoringPlan.of(rules(rules), models(models), evaluation, Duration.ofSeconds(5)),
            FleetSettings.DEFAULT,
            new RuleMetrics(registry));
    this.driver = open();
  }

  private RuleSet rules(String text) {
    return RuleFiles.load(List.of(write("rules.yaml", text)));
  }

  private List<ModelSpecification> models(String text) {
    return text.isEmpty() ? List.of() : ModelFiles.load(List.of(write("models.yaml", text)));
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Puts other rules and models in force, as a reload does.
  void replace(String rules, String models) {
    plan.replaceBy(plan.get().plan().replacedBy(rules(rules), models(models)));
  }

  /// What people see of the rules.
  RuleViews views() {
    return new RuleViews(plan.get().board());
  }

  private TopologyTestDriver open() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    return new TopologyTestDriver(
        ScoringTopology.of(
            plan,
            new Fitting(Runnable::run),
            membership,
            name -> keys.find(name),
            metrics,
            Duration.ofSeconds(10)),
        properties,
        START);
  }

  /// Sends a scrape of one host: metric names with values, the instance label added.
  void scrape(String instance, int second, Map<String, Double> values) {
    scrapeAt(instance, second, second, values);
  }

  /// The same, with the host's clock and the broker's apart.
  void scrapeAt(String instance, int second, int brokerSecond, Map<String, Double> values) {
    List<Labels> series = new ArrayList<>();
    double[] numbers = new double[values.size()];
    for (Map.Entry<String, Double> entry : new TreeMap<>(values).entrySet()) {
      numbers[series.size()] = entry.getValue();
      series.add(Labels.of(Labels.METRIC_NAME, entry.getKey(), Labels.INSTANCE, instance));
    }
    Instant at = START.plusSeconds(second);
    byte[] body = encoder.encode(new Scrape(new SeriesLayout(series), at.toEpochMilli(), numbers));
    send(instance, body, Headers.REMOTE_WRITE_2, START.plusSeconds(brokerSecond).plusMillis(7));
  }

  /// Sends samples of one host.
  void samples(String instance, Instant at, Instant appendedAt, Map<Labels, Double> values) {
    List<Labels> series = List.copyOf(values.keySet());
    double[] numbers = series.stream().mapToDouble(values::get).toArray();
    byte[] body = encoder.encode(new Scrape(new SeriesLayout(series), at.toEpochMilli(), numbers));
    send(instance, body, Headers.REMOTE_WRITE_2, appendedAt);
  }

  /// Lets this machine's clock go on while nothing comes.
  void passes(Duration time) {
    driver.advanceWallClockTime(time);
    collect();
  }

  /// Sends a scrape with two series of one name, told apart by the label `copy`.
  void scrapeTwice(String instance, int second, String name, double value) {
    sendCopies(instance, second, name, value, value);
  }

  /// Ends the second of the two series.
  void endTwice(String instance, int second, String name) {
    sendCopies(instance, second, name, 5, StaleMarker.VALUE);
  }

  private void sendCopies(String instance, int second, String name, double... values) {
    List<Labels> series = new ArrayList<>();
    Labels first = Labels.of(Labels.METRIC_NAME, name, Labels.INSTANCE, instance);
    series.add(first);
    series.add(first.with("copy", "2"));
    Instant at = START.plusSeconds(second);
    byte[] body = encoder.encode(new Scrape(new SeriesLayout(series), at.toEpochMilli(), values));
    send(instance, body, Headers.REMOTE_WRITE_2, at.plusMillis(7));
  }

  void sendWithoutContentType(String instance, Instant appendedAt) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Headers.CONTENT_TYPE, null);
    pipe(new TestRecord<>(instance, new byte[] {1}, headers, appendedAt));
  }

  /// Lets time pass in which nothing is sent to the partition.
  void silence(int seconds) {
    driver.advanceWallClockTime(Duration.ofSeconds(seconds));
    collect();
  }

  /// Sends what may be a part of a scrape.
  void sendPart(String instance, byte[] body, String contentType, Instant appendedAt) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Headers.CONTENT_TYPE, contentType.getBytes(StandardCharsets.UTF_8));
    pipe(new TestRecord<>(instance, body, headers, appendedAt));
  }

  /// Sends a whole scrape.
  void send(String instance, byte[] body, String contentType, Instant appendedAt) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Headers.CONTENT_TYPE, contentType.getBytes(StandardCharsets.UTF_8));
    headers.add(Headers.COMPLETE, new byte[] {'1'});
    Optional.ofNullable(sealing.get(instance))
        .map(key -> key.seal(instance, contentType, body))
        .ifPresent(seal -> headers.add(Headers.SEAL, seal.getBytes(StandardCharsets.US_ASCII)));
    pipe(new TestRecord<>(instance, body, headers, appendedAt));
  }

  /// From now on the host has a key and seals what it sends with this one.
  void enrol(String instance, ScrapeKey known, ScrapeKey used) {
    sealing.put(instance, used);
    ScrapeKeys before = keys;
    keys = name -> name.equals(instance) ? Optional.of(known) : before.find(name);
  }

  /// The host sends without a seal from now on.
  void unseal(String instance) {
    sealing.remove(instance);
  }

  /// The host's key is no longer in force.
  void revoke(String instance) {
    ScrapeKeys before = keys;
    keys = name -> name.equals(instance) ? Optional.empty() : before.find(name);
  }

  private void pipe(TestRecord<String, byte[]> record) {
    TestInputTopic<String, byte[]> topic =
        driver.createInputTopic(Topics.METRICS, new StringSerializer(), new ByteArraySerializer());
    topic.pipeInput(record);
    collect();
  }

  private void collect() {
    for (KeyValue<String, byte[]> record : output(Topics.ALERTS).readKeyValuesToList()) {
      if (MessageCodec.decode(record.value, AlertMessage.class)
          instanceof Decoded.Message(var alert)) {
        alerts.add(alert);
      }
    }
    for (KeyValue<String, byte[]> record : output(Topics.FEATURES).readKeyValuesToList()) {
      if (MessageCodec.decode(record.value, FeatureRow.class) instanceof Decoded.Message(var row)) {
        rows.add(row);
      }
    }
    deadLetters.addAll(output(Topics.DEAD_LETTERS).readRecordsToList());
  }

  private TestOutputTopic<String, byte[]> output(String topic) {
    return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /// Kills the owner; the next begins with the store.
  void takeOver() {
    List<String> stores = List.of(ScoringTopology.STORE, ScoringTopology.COMPONENTS);
    List<Map<Bytes, byte[]>> kept = stores.stream().map(this::entries).toList();
    driver.close();
    driver = open();
    for (int i = 0; i < stores.size(); i++) {
      kept.get(i).forEach(driver.<Bytes, byte[]>getKeyValueStore(stores.get(i))::put);
    }
  }

  private Map<Bytes, byte[]> entries(String store) {
    Map<Bytes, byte[]> kept = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> entries =
        driver.<Bytes, byte[]>getKeyValueStore(store).all()) {
      entries.forEachRemaining(entry -> kept.put(entry.key, entry.value));
    }
    return kept;
  }

  /// How many entries components keep.
  int componentEntries() {
    return entries(ScoringTopology.COMPONENTS).size();
  }

  /// What the models said about the newest record of a host.
  List<Verdict> newestVerdicts(String instance) {
    TreeMap<Long, List<Verdict>> all = new TreeMap<>();
    new HostStore(driver.getKeyValueStore(ScoringTopology.STORE), instance)
        .forEach(
            HostStore.Kind.RECORD,
            0,
            Long.MAX_VALUE,
            (_, bytes) -> {
              StoredScrape scrape = StoredScrape.fromBytes(bytes).orElseThrow();
              all.put(scrape.number(), scrape.verdicts());
            });
    return all.sequencedValues().getLast();
  }

  int storedEntries() {
    int count = 0;
    try (KeyValueIterator<Bytes, byte[]> entries =
        driver.<Bytes, byte[]>getKeyValueStore(ScoringTopology.STORE).all()) {
      while (entries.hasNext()) {
        entries.next();
        count++;
      }
    }
    return count;
  }

  /// Every row for training so far.
  List<FeatureRow> rows() {
    return rows;
  }

  /// Every alert message so far.
  List<AlertMessage> alerts() {
    return alerts;
  }

  List<TestRecord<String, byte[]>> deadLetters() {
    return deadLetters;
  }

  @Override
  public void close() {
    driver.close();
  }
}
