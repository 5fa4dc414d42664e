/// The K-Means detector: trained by Tribuo, scored on primitive arrays.
@NullMarked
package io.fleetward.models.kmeans;

import org.jspecify.annotations.NullMarked;
