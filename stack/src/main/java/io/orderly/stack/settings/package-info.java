/** Shows and changes the settings of running services, through their actuator. */
@NullMarked
package io.orderly.stack.settings;

import org.jspecify.annotations.NullMarked;
