package io.fleetward.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.configuration.ListenAddress;
import io.fleetward.service.access.Role;
import io.fleetward.service.desk.Desk;
import io.fleetward.service.desk.DeskUnavailableException;
import io.fleetward.service.desk.RemediationView;
import io.fleetward.service.ingest.IngestSettings;
import io.fleetward.service.ingest.RemoteWriteReceiver;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server around the contract: starting, failing, monitoring.
class ApiServerTest {
  @TempDir private Path folder;

  @Test
  void aDeskThatCannotAnswerIsUnavailableForAWhile() {
    Desk down = deskThatThrows(new DeskUnavailableException("no database", new IOException()));
    try (RunningApi api = new RunningApi(folder, down, List.of())) {
      var reply = api.send("GET", "/api/v1/incidents", "viewer", "");

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.problem()).isEqualTo("unavailable");
      assertThat(reply.header("retry-after")).isEqualTo("5");
    }
  }

  @Test
  void anUnexpectedFailureIsToldByItsIdOnly() {
    Desk broken = deskThatThrows(new IllegalStateException("table SECRETS is missing"));
    try (RunningApi api = new RunningApi(folder, broken, List.of())) {
      var reply = api.send("GET", "/api/v1/hosts", "viewer", "");

      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.problem()).isEqualTo("unexpected");
      assertThat(reply.body()).doesNotContain("SECRETS").doesNotContain("Exception");
      assertThat(reply.json().getString("detail"))
          .matches("the service's log tells more under the id [0-9a-f-]{36}");
    }
  }

  @Test
  void readinessNamesWhatDoesNotWork() {
    AtomicBoolean broker = new AtomicBoolean(false);
    List<ReadinessCheck> checks =
        List.of(
            new ReadinessCheck("database", () -> true), new ReadinessCheck("broker", broker::get));
    try (RunningApi api = new RunningApi(folder, new DeskOfOneIncident(), checks)) {
      var notReady = api.send("GET", "/health/ready", "", "");
      assertThat(notReady.status()).isEqualTo(503);
      assertThat(notReady.problem()).isEqualTo("not-ready");
      assertThat(notReady.json().getString("detail")).startsWith("not working: broker;");

      broker.set(true);
      var ready = api.send("GET", "/health/ready", "", "");
      assertThat(ready.status()).isEqualTo(200);
      assertThat(ready.body())
          .isEqualTo("{\"checks\":[\"database\",\"broker\"],\"status\":\"up\"}");

      assertThat(api.send("GET", "/health/live", "", "").status()).isEqualTo(200);
      assertThat(api.send("HEAD", "/health/live", "", "").status()).isEqualTo(200);
    }
  }

  @Test
  void requestsAreCountedUnderBoundedLabels() {
    try (RunningApi api = new RunningApi(folder, new DeskOfOneIncident(), List.of())) {
      api.send("GET", "/api/v1/incidents/inc-1", "viewer", "");
      api.send("GET", "/api/v1/incidents/inc-2", "viewer", "");
      api.send("GET", "/api/v1/pauses", "", "");
      api.send("GET", "/random/" + System.nanoTime(), "", "");
      api.send(api.request("BREW", "/coffee", ""));

      var page = api.send("GET", "/metrics", "", "");

      assertThat(page.header("content-type")).startsWith("text/plain; version=0.0.4");
      assertThat(page.body())
          .contains(
              line("/api/v1/incidents/{id}", "GET", 200, 1),
              line("/api/v1/incidents/{id}", "GET", 404, 1),
              line("/api/v1/pauses", "GET", 401, 1),
              line("unmatched", "GET", 404, 1),
              line("unmatched", "other", 404, 1))
          .contains(
              "fleetward_api_request_duration_seconds_count{method=\"GET\",route=\"/api/v1/pauses\"} 1")
          .doesNotContain("random");
    }
  }

  @Test
  void metricsComeAsOpenMetricsWhenAskedFor() {
    try (RunningApi api = new RunningApi(folder, new DeskOfOneIncident(), List.of())) {
      var page =
          api.send(
              api.request("GET", "/metrics", "")
                  .header("Accept", "application/openmetrics-text; version=1.0.0"));

      assertThat(page.header("content-type")).startsWith("application/openmetrics-text");
      assertThat(page.body()).endsWith("# EOF\n");
    }
  }

  private static String line(String route, String method, int status, int count) {
    return "fleetward_api_requests_total{method=\"%s\",route=\"%s\",status=\"%d\"} %d"
        .formatted(method, route, status, count);
  }

  @Test
  void aTokenAddedToTheFileOpensTheRunningServer() {
    try (RunningApi api = new RunningApi(folder, new DeskOfOneIncident(), List.of())) {
      api.addToken("newcomer", Role.VIEWER);
      Instant end = Instant.now().plusSeconds(30);
      int status = 401;
      while (status == 401 && Instant.now().isBefore(end)) {
        status = api.send("GET", "/api/v1/hosts", "newcomer", "").status();
      }

      assertThat(status).isEqualTo(200);
    }
  }

  @Test
  void moreQuestionsThanTheDeskCanHoldAreRefusedForNow() throws InterruptedException {
    CountDownLatch answered = new CountDownLatch(1);
    Desk slow =
        deskThat(() -> {
          answered.await();
          return List.of();
        });
    try (RunningApi api = new RunningApi(folder, slow, List.of())) {
      List<Integer> statuses = new CopyOnWriteArrayList<>();
      CountDownLatch refused = new CountDownLatch(1);
      List<Thread> callers = new ArrayList<>();
      for (int caller = 0; caller <= Routes.MOST_QUESTIONS; caller++) {
        callers.add(
            Thread.startVirtualThread(() -> {
              int status = api.send("GET", "/api/v1/hosts", "viewer", "").status();
              statuses.add(status);
              refused.countDown();
            }));
      }
      assertThat(refused.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(statuses).containsExactly(503);

      answered.countDown();
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(statuses).hasSize(Routes.MOST_QUESTIONS + 1).containsOnlyOnce(503).contains(200);
    }
  }

  @Test
  void anAnswerThatTheContractDoesNotKnowWouldBeFound() {
    Desk odd =
        deskThat(() ->
            Optional.of(
                new RemediationView(
                    "rem-1",
                    "inc-1",
                    "web-1",
                    "end-process",
                    Map.of(),
                    "low",
                    "p",
                    "Awaiting Approval",
                    "",
                    "rita",
                    "00",
                    1,
                    List.of(),
                    Instant.EPOCH,
                    null)));
    try (RunningApi api = new RunningApi(folder, odd, List.of())) {
      assertThatThrownBy(() -> api.send("GET", "/api/v1/remediations/rem-1", "viewer", ""))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("String does not match pattern");
    }
  }

  @Test
  void aPortInUseIsToldWithTheKeyToChange() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RunningApi tokens = new RunningApi(folder, new DeskOfOneIncident(), List.of())) {
      ListenAddress address = new ListenAddress("127.0.0.1", taken.getLocalPort());

      assertThatThrownBy(() -> start(address, tokens.tokens))
          .isInstanceOf(CannotListenException.class)
          .hasMessage(
              "port %d on 127.0.0.1 is in use by another process; stop that process, or set api.listen (FLEETWARD_API_LISTEN) to another port",
              address.port());
    }
  }

  @Test
  void anAddressOfAnotherMachineIsRefused() {
    try (RunningApi tokens = new RunningApi(folder, new DeskOfOneIncident(), List.of())) {
      assertThatThrownBy(() -> start(new ListenAddress("203.0.113.1", 7480), tokens.tokens))
          .isInstanceOf(CannotListenException.class)
          .hasMessageStartingWith("cannot listen on 203.0.113.1:7480 (")
          .hasMessageContaining(
              "set api.listen (FLEETWARD_API_LISTEN) to an address of this machine");
    }
  }

  private static void start(ListenAddress address, Path tokens) {
    IngestSettings ingest = new IngestSettings(1_024, 1, 1, Optional.empty());
    ApiServer.start(
            new ApiSettings(address, tokens),
            new RemoteWriteReceiver(ingest, List.of(), _ -> {}),
            RunningApi.desksOf(new DeskOfOneIncident()),
            new PrometheusRegistry(),
            List.of())
        .close();
  }

  private static Desk deskThatThrows(RuntimeException failure) {
    return deskThat(() -> {
      throw failure;
    });
  }

  /// Answers every question alike.
  private static Desk deskThat(Callable<Object> answers) {
    return (Desk)
        Proxy.newProxyInstance(
            Desk.class.getClassLoader(), new Class<?>[] {Desk.class}, (_, _, _) -> answers.call());
  }
}
