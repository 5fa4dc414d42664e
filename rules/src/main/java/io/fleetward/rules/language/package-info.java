/// PromQL as text and as a tree: lexer, parser, type checks, printer.
@NullMarked
package io.fleetward.rules.language;

import org.jspecify.annotations.NullMarked;
