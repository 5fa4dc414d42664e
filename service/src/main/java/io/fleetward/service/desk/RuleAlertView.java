package io.fleetward.service.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An alert as Prometheus shows it.
///
/// @param state `pending` or `firing`
/// @param keepFiringSince when the expression ceased to hold; left out while it holds
/// @param value as Go writes it, such as `1e+00`
public record RuleAlertView(
    Map<String, String> labels,
    Map<String, String> annotations,
    String state,
    Instant activeAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant keepFiringSince,
    String value) {}
