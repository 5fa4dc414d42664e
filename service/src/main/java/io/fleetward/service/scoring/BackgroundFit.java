package io.fleetward.service.scoring;

import io.fleetward.models.host.KMeansHost;
import io.fleetward.models.kmeans.Fit;
import io.fleetward.models.kmeans.FittedModel;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The fits of one host's model, of which one may be under way. On the stream thread.
final class BackgroundFit {
  private static final Logger log = LoggerFactory.getLogger(BackgroundFit.class);

  private final KMeansHost model;
  private final Fitting fitting;
  private @Nullable CompletableFuture<Fit> running;

  BackgroundFit(KMeansHost model, Fitting fitting) {
    this.model = model;
    this.fitting = fitting;
  }

  void beginIfDue(Instant at) {
    model.fitDue().ifPresent(request -> running = fitting.fit(request, at));
  }

  /// Gives the model what came of a fit that has ended.
  void finish() {
    CompletableFuture<Fit> fit = running;
    if (fit == null || !fit.isDone()) {
      return;
    }
    running = null;
    if (fit.isCompletedExceptionally()) {
      abandon(String.valueOf(fit.exceptionNow()));
      return;
    }
    switch (fit.resultNow()) {
      case Fit.Fitted(FittedModel fitted) -> model.adopt(fitted);
      case Fit.Refused(String reason) -> abandon(reason);
    }
  }

  private void abandon(String reason) {
    log.atWarn().addKeyValue("reason", reason).log("a model could not be fitted");
    model.abandonFit();
  }
}
