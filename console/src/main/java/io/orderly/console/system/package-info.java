/** The state of services, members and coordinators, which are asked repeatedly. */
@NullMarked
package io.orderly.console.system;

import org.jspecify.annotations.NullMarked;
