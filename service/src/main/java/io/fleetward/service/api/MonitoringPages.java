package io.fleetward.service.api;

import io.fleetward.service.api.ProblemDetails.Kind;
import io.fleetward.service.api.ProblemDetails.Violation;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// What monitoring asks for: metrics, and whether the service lives and is ready. Pages are made on
/// worker threads.
final class MonitoringPages {
  private final PrometheusRegistry registry;
  private final List<ReadinessCheck> checks;
  private final ExpositionFormats formats = ExpositionFormats.init();

  MonitoringPages(PrometheusRegistry registry, List<ReadinessCheck> checks) {
    this.registry = registry;
    this.checks = List.copyOf(checks);
  }

  void metrics(RoutingContext context) {
    String accept = context.request().getHeader("Accept");
    write(context, () -> exposition(formats.findWriter(accept)));
  }

  void live(RoutingContext context) {
    Responses.write(context, Answer.json(200, new Health("up", List.of())));
  }

  void ready(RoutingContext context) {
    write(context, this::readiness);
  }

  private static void write(RoutingContext context, Callable<Answer> page) {
    context
        .vertx()
        .executeBlocking(page, false)
        .onSuccess(answer -> Responses.write(context, answer))
        .onFailure(context::fail);
  }

  private Answer exposition(ExpositionFormatWriter writer) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    writer.write(page, registry.scrape());
    return new Answer(200, writer.getContentType(), Map.of(), Buffer.buffer(page.toByteArray()));
  }

  private Answer readiness() {
    List<String> passing = new ArrayList<>();
    List<Violation> failing = new ArrayList<>();
    for (ReadinessCheck check : checks) {
      if (check.passes().getAsBoolean()) {
        passing.add(check.name());
      } else {
        failing.add(new Violation(check.name(), "does not work now"));
      }
    }
    if (failing.isEmpty()) {
      return Answer.json(200, new Health("up", passing));
    }
    List<String> names = failing.stream().map(Violation::where).toList();
    String detail = "not working: %s; see the service's log".formatted(String.join(", ", names));
    return Answer.problem(ProblemDetails.of(Kind.NOT_READY, detail, failing))
        .with("Retry-After", "5");
  }

  /// @param checks the names of what works
  private record Health(String status, List<String> checks) {}
}
