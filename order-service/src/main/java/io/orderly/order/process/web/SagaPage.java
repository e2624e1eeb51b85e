package io.orderly.order.process.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.order.web.OrderCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of sagas, those of the newest orders first.
 *
 * @param next the value of {@code after} for the next page; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SagaPage(List<SagaReport> sagas, @Nullable OrderCursor next) {}
