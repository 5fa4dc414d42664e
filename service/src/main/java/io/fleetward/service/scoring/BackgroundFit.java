package io.fleetward.service.scoring;

import io.fleetward.models.kmeans.Fit;
import io.fleetward.models.kmeans.FitRequest;
import io.fleetward.models.kmeans.FittedModel;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The fit of one host's model that may be under way. On the stream thread.
final class BackgroundFit {
  private static final Logger log = LoggerFactory.getLogger(BackgroundFit.class);

  private final Fitting fitting;
  private @Nullable CompletableFuture<Fit> running;

  BackgroundFit(Fitting fitting) {
    this.fitting = fitting;
  }

  /// What came of a fit.
  sealed interface Result {
    record Fitted(FittedModel model) implements Result {}

    record Failed(String reason) implements Result {}
  }

  void start(FitRequest request, Instant at) {
    running = fitting.fit(request, at);
  }

  /// The result, once, when the fit has ended.
  Optional<Result> finished() {
    CompletableFuture<Fit> fit = running;
    if (fit == null || !fit.isDone()) {
      return Optional.empty();
    }
    running = null;
    Result result = resultOf(fit);
    if (result instanceof Result.Failed(String reason)) {
      log.atWarn().addKeyValue("reason", reason).log("a model could not be fitted");
    }
    return Optional.of(result);
  }

  private static Result resultOf(CompletableFuture<Fit> fit) {
    if (fit.isCompletedExceptionally()) {
      return new Result.Failed(String.valueOf(fit.exceptionNow()));
    }
    return switch (fit.resultNow()) {
      case Fit.Fitted(FittedModel model) -> new Result.Fitted(model);
      case Fit.Refused(String reason) -> new Result.Failed(reason);
    };
  }
}
