/** The HTTP API of sagas: requests of customers and operators, and reports for operators. */
@NullMarked
package io.orderly.order.process.web;

import org.jspecify.annotations.NullMarked;
