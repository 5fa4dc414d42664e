package io.fleetward.service.api;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/// Counts and times requests. Labels are bounded: routes by their template, methods by name where
/// they are known ones.
final class ApiMetrics implements Handler<RoutingContext> {
  private static final String ROUTE = "fleetward.route";
  private static final String UNMATCHED = "unmatched";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Counter requests;
  private final Histogram durations;
  private final Counter tokenFileProblems;

  ApiMetrics(PrometheusRegistry registry) {
    requests =
        Counter.builder()
            .name("fleetward_api_requests_total")
            .help("Requests to the HTTP API that were answered.")
            .labelNames("route", "method", "status")
            .register(registry);
    durations =
        Histogram.builder()
            .name("fleetward_api_request_duration_seconds")
            .help("Time from a request's headers to the end of its response.")
            .labelNames("route", "method")
            .classicOnly()
            .classicUpperBounds(0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10)
            .register(registry);
    tokenFileProblems =
        Counter.builder()
            .name("fleetward_api_tokens_file_rejected_total")
            .help("Changed tokens files that could not be used; the last good one stayed in force.")
            .register(registry);
  }

  @Override
  public void handle(RoutingContext context) {
    long began = System.nanoTime();
    context.addEndHandler(_ -> {
      String route = context.get(ROUTE, UNMATCHED);
      String method = methodOf(context);
      int status = context.response().getStatusCode();
      requests.labelValues(route, method, Integer.toString(status)).inc();
      durations.labelValues(route, method).observe((System.nanoTime() - began) / 1e9);
    });
    context.next();
  }

  /// Says which route a request took.
  static void route(RoutingContext context, String template) {
    context.put(ROUTE, template);
  }

  /// Counts a request that never became one, because it is not HTTP.
  void malformed(int status) {
    requests.labelValues(UNMATCHED, "other", Integer.toString(status)).inc();
  }

  void tokensFileRejected() {
    tokenFileProblems.inc();
  }

  private static String methodOf(RoutingContext context) {
    String method = context.request().method().name();
    return METHODS.contains(method) ? method : "other";
  }
}
