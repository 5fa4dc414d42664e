/// Versions of models: what they are made of, who is champion, and how that changed.
@NullMarked
package io.fleetward.models.registry;

import org.jspecify.annotations.NullMarked;
