package io.fleetward.rules.engine;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.evaluation.EvaluationException;
import io.fleetward.rules.evaluation.Query;
import io.fleetward.rules.evaluation.QueryResult;
import io.fleetward.rules.evaluation.QueryResult.Sample;
import io.fleetward.rules.language.Dialect;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Parsed;
import io.fleetward.rules.language.PromQl;
import io.fleetward.rules.language.SyntaxProblem;
import io.fleetward.rules.series.SeriesStore;
import io.fleetward.rules.template.QuerySample;
import io.fleetward.rules.template.TemplateData;
import java.util.ArrayList;
import java.util.List;

/// What templates of a host's alerts are filled with; their own queries see the host's series.
/// Confined to the host's thread.
final class TemplateSource {
  private final SeriesStore store;
  private final RulePlan plan;
  private long timeMillis;

  TemplateSource(SeriesStore store, RulePlan plan) {
    this.store = store;
    this.plan = plan;
  }

  /// Sets the time of queries.
  void moveTo(long millis) {
    timeMillis = millis;
  }

  TemplateData data(Labels labels, double value) {
    return new TemplateData(
        labels, plan.externalLabels(), plan.externalUrl(), value, timeMillis, this::query);
  }

  private List<QuerySample> query(String text) {
    return switch (PromQl.parse(text, Dialect.STABLE)) {
      case Parsed.Invalid(List<SyntaxProblem> problems) ->
          throw TemplateData.Querying.failure(problems.getFirst().toString());
      case Parsed.Valid(Expression expression) -> query(text, expression);
    };
  }

  private List<QuerySample> query(String text, Expression expression) {
    try {
      QueryResult result = new Query(text, expression, store, plan.settings()).instant(timeMillis);
      return switch (result.value()) {
        case QueryResult.Vector(List<Sample> samples, _) -> {
          List<QuerySample> found = new ArrayList<>();
          samples.forEach(one -> found.add(new QuerySample(one.labels().toMap(), one.value())));
          yield found;
        }
        case QueryResult.Scalar(double number) ->
            List.of(new QuerySample(Labels.EMPTY.toMap(), number));
        case QueryResult.Text _, QueryResult.Matrix _ ->
            throw TemplateData.Querying.failure("the query yields no instant vector");
      };
    } catch (EvaluationException e) {
      throw TemplateData.Querying.failure(e.reason());
    }
  }
}
