package io.orderly.order.process.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.order.web.OrderCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some sagas, those of the newest orders first.
 *
 * @param next what to give as {@code after} to get the page that follows; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SagaPage(List<SagaReport> sagas, @Nullable OrderCursor next) {}
