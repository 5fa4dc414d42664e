package io.fleetward.agent;

import io.fleetward.agent.action.PlanJudge;
import io.fleetward.agent.linux.Kernel;
import io.fleetward.agent.plans.HeartbeatBoard;
import io.fleetward.agent.plans.OutcomeOutbox;
import io.fleetward.agent.plans.PlanConsumer;
import io.fleetward.agent.plans.PlanDesk;
import io.fleetward.agent.plans.Runners;
import io.fleetward.agent.settings.ActionSettings;
import io.fleetward.agent.settings.AgentSettings;
import io.fleetward.agent.settings.HostIdentity;
import io.fleetward.agent.settings.ShippingSettings;
import io.fleetward.agent.shipping.BrokerClock;
import io.fleetward.agent.shipping.BrokerClock.HostClock;
import io.fleetward.agent.shipping.BrokerConnection;
import io.fleetward.agent.shipping.Shipper;
import io.fleetward.agent.spool.Spool;
import io.fleetward.agent.spool.SpoolLimits;
import io.fleetward.agent.supervision.Supervisor;
import io.fleetward.agent.telemetry.AgentMetrics;
import io.fleetward.agent.telemetry.MetricsPage;
import io.fleetward.protocol.configuration.ListenAddress;
import io.fleetward.protocol.metrics.RemoteWriteEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All parts of a running agent, wired. [#close] stops them in order: first no new plans, last the
/// records that tell about the others.
final class Agent implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Agent.class);

  private final CollectingLoop collecting;
  private final Sources sources;
  private final AgentMetrics metrics;
  private final AtomicReference<AgentSettings> inForce;
  private final Runnable announce;
  private final Shipper shipper;
  private final PlanDesk desk;
  private final PlanConsumer consumer;
  private final MetricsPage page;

  private Agent(
      CollectingLoop collecting,
      Sources sources,
      AgentMetrics metrics,
      AtomicReference<AgentSettings> inForce,
      Runnable announce,
      Shipper shipper,
      PlanDesk desk,
      PlanConsumer consumer,
      MetricsPage page) {
    this.collecting = collecting;
    this.sources = sources;
    this.metrics = metrics;
    this.inForce = inForce;
    this.announce = announce;
    this.shipper = shipper;
    this.desk = desk;
    this.consumer = consumer;
    this.page = page;
  }

  /// Builds every part and starts those that have a thread.
  ///
  /// @throws IOException if an address or folder cannot be used
  static Agent open(AgentSettings settings, HostFiles files, Runners runners, Supervisor supervisor)
      throws IOException {
    log.atInfo().addKeyValue("settings", settings.effective()).log("starting");
    ActionSettings own = settings.actions();
    StateFolder.open(own.state());
    HostIdentity.keep(own.state(), own.instance());
    String bootId = Kernel.bootId(own.procfs());
    AgentMetrics metrics = new AgentMetrics();
    AtomicReference<Runnable> whenConnected = new AtomicReference<>(() -> {});
    AgentEvents events = new AgentEvents(metrics, () -> whenConnected.get().run());

    HostClock hostClock = HostClock.ofSystem();
    BrokerClock clock = new BrokerClock(hostClock);
    BrokerConnection connection = BrokerConnection.of(settings.shipping(), own.instance());
    Shipper shipper =
        new Shipper(
            own.instance(),
            connection,
            clock,
            hostClock,
            openSpool(settings, events),
            settings.scrapeInterval(),
            events);
    AtomicReference<AgentSettings> inForce = new AtomicReference<>(settings);
    Consumer<HostFiles> announce =
        read -> shipper.ship(Announcement.of(inForce.get(), read, bootId));
    WatchedFiles watched = WatchedFiles.open(own, announce);
    whenConnected.set(() -> announce.accept(watched.current()));

    HeartbeatBoard heartbeats = new HeartbeatBoard(() -> watched.current().trustedKeys());
    OutcomeOutbox outbox = new OutcomeOutbox(own.state(), shipper::ship, events);
    outbox.open();
    PlanDesk desk =
        new PlanDesk(
            () -> judge(own, watched.current()),
            heartbeats,
            clock,
            files.writer(),
            outbox,
            runners,
            events);
    PlanConsumer consumer =
        PlanConsumer.of(own.instance(), connection, own.state(), clock, desk, heartbeats, events);

    Sources sources = new Sources(settings, bootId, events);
    CollectingLoop collecting =
        new CollectingLoop(
            sources::scrape,
            new RemoteWriteEncoder()::encode,
            ScrapeHeaders.read(own.instance(), settings.scrapeKey()),
            new ScrapeTimes(own.instance(), settings.scrapeInterval()),
            shipper::ship,
            metrics,
            supervisor,
            shipper::isRunning);

    OwnGauges.register(metrics, clock, heartbeats, shipper, outbox);
    MetricsPage page = openPage(settings.listen(), metrics);
    sources.start();
    shipper.start();
    desk.start();
    consumer.start();
    return new Agent(
        collecting, sources, metrics, inForce, whenConnected.get(), shipper, desk, consumer, page);
  }

  private static Spool openSpool(AgentSettings settings, AgentEvents events) throws IOException {
    Path folder = settings.actions().state().resolve("spool");
    ShippingSettings own = settings.shipping();
    try {
      return Spool.open(
          folder, SpoolLimits.of((long) own.spoolMegabytes() << 20, own.spoolSync()), events);
    } catch (IOException e) {
      throw new IOException(
          "cannot use the spool %s (%s); let one agent alone use it, or set agent.state"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  private static PlanJudge judge(ActionSettings own, HostFiles files) {
    return new PlanJudge(
        own.instance(), files.hostKey(), files.trustedKeys(), files.allowList(), own.stopFile());
  }

  private static MetricsPage openPage(ListenAddress address, AgentMetrics metrics)
      throws IOException {
    try {
      MetricsPage page = MetricsPage.open(address, metrics);
      log.atInfo().addKeyValue("address", page.address()).log("metrics page open");
      return page;
    } catch (IOException e) {
      throw new IOException(
          "cannot listen on %s (%s); set agent.listen to a free address, port 0 takes any"
              .formatted(address, e.getMessage()),
          e);
    }
  }

  /// Where `/metrics` is.
  ListenAddress address() {
    return page.address();
  }

  /// Collects on the calling thread until the latch opens.
  void runUntil(CountDownLatch stop) throws InterruptedException {
    collecting.runUntil(stop);
  }

  /// Puts other settings in force, from the next scrape on: those of [AgentSettings#with].
  ///
  /// @throws IOException if a file that they name cannot be used; nothing has changed then
  void use(AgentSettings changed) throws IOException {
    AgentSettings before = inForce.get();
    AgentSettings next = before.with(changed);
    sources.use(next);
    inForce.set(next);
    if (!before.labels().equals(next.labels())) {
      announce.run();
    }
  }

  AgentSettings inForce() {
    return inForce.get();
  }

  AgentMetrics metrics() {
    return metrics;
  }

  @Override
  public void close() {
    log.info("stopping");
    sources.close();
    consumer.close();
    desk.close();
    shipper.close();
    page.close();
    log.info("stopped");
  }
}
