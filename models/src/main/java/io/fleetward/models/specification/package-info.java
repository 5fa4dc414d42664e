/// What `models/*.yaml` say: which features a model reads, which detector it uses, how it is
/// trained.
@NullMarked
package io.fleetward.models.specification;

import org.jspecify.annotations.NullMarked;
