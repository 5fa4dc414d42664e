package io.fleetward.bench.fleet;

import io.fleetward.bench.Figure;
import io.fleetward.bench.Goal;
import io.fleetward.bench.GoalResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// One of two services is killed while a fleet is followed: how long until the other scores all
/// hosts.
final class TakeOver {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final String OWNED = "fleetward_scoring_hosts";

  private final int hosts;
  private final String heap;
  private final int standbys;

  TakeOver(int hosts, String heap, int standbys) {
    this.hosts = hosts;
    this.heap = heap;
    this.standbys = standbys;
  }

  void measure(FleetRig rig, FleetFiles files, List<GoalResult> goals, List<Figure> figures)
      throws IOException, InterruptedException {
    FleetRecords records = new FleetRecords(20_261_123L);
    try (FleetFeed feed = new FleetFeed(rig.address(), records, hosts, 0)) {
      ServiceProcess first = rig.startService(files.withStandbys(standbys), heap);
      ServiceProcess second = rig.startService(files.withStandbys(standbys), heap);
      CompletableFuture<Void> live = CompletableFuture.runAsync(() -> send(feed));
      double shared = awaitOwned(List.of(first, second), hosts);
      feedFor(Duration.ofSeconds(30));
      double owned = second.metric(OWNED);
      first.kill();
      long killed = System.nanoTime();
      awaitOwned(List.of(second), hosts);
      double seconds = (System.nanoTime() - killed) / 1e9;
      String name = "%d hosts: take-over, %d standbys".formatted(hosts, standbys);
      goals.add(Goal.atMost(name, 15, "s").judge(seconds));
      figures.add(new Figure(name + ": hosts before", shared, ""));
      figures.add(new Figure(name + ": of these the survivor's", owned, ""));
      figures.add(
          new Figure(
              name + ": survivor's memory",
              second.read().residentBytes() / FleetRun.MEGABYTE,
              "MB"));
      live.join();
    } catch (CompletionException e) {
      throw new IOException("the fleet could not send: " + e.getCause(), e);
    }
  }

  private static void send(FleetFeed feed) {
    try {
      feed.sendLive(Duration.ofSeconds(100), false);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void feedFor(Duration period) throws InterruptedException {
    Thread.sleep(period);
  }

  /// Waits until services own so many hosts between them.
  private static double awaitOwned(List<ServiceProcess> services, double wanted)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - end < 0) {
      double owned = 0;
      for (ServiceProcess service : services) {
        double ofOne = service.metric(OWNED);
        owned += Double.isNaN(ofOne) ? 0 : ofOne;
      }
      if (owned >= wanted) {
        return owned;
      }
      Thread.sleep(LOOK_AGAIN);
    }
    throw new IOException("the services do not come to own all hosts");
  }
}
