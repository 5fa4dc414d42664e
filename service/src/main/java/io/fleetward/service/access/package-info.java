/// Who may ask the service for what: bearer tokens, roles and what each role permits.
@NullMarked
package io.fleetward.service.access;

import org.jspecify.annotations.NullMarked;
