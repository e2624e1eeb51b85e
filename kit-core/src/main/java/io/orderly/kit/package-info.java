/**
 * What every service of the system needs and none should write twice: messages that leave with the transaction that
 * caused them and take effect once, answers to repeated requests, problem details, and the clocks that travel in headers.
 */
@NullMarked
package io.orderly.kit;

import org.jspecify.annotations.NullMarked;
