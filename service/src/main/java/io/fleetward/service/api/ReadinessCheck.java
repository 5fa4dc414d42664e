package io.fleetward.service.api;

import java.util.function.BooleanSupplier;

/// Something without which the service cannot do its work.
///
/// @param name what it is, such as `database`
/// @param passes whether it works now; asked on a worker thread and answers within a second or two
public record ReadinessCheck(String name, BooleanSupplier passes) {}
