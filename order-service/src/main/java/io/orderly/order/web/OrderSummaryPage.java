package io.orderly.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of orders, the newest first, since version 2 of the API.
 *
 * @param next the value of {@code after} for the next page; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderSummaryPage(List<OrderSummary> orders, @Nullable OrderCursor next) {}
