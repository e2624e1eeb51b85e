/**
 * Keeps the {@linkplain io.orderly.kit.settings settings} of services in the coordinator. Services have it at run time only: their code
 * knows the declarations.
 */
@NullMarked
package io.orderly.coordinator.settings;

import org.jspecify.annotations.NullMarked;
