/** The process that passes requests to the instances of services: its main class and its settings. */
@NullMarked
package io.orderly.gateway;

import org.jspecify.annotations.NullMarked;
