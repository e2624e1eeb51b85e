package io.orderly.kit.web;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ResponseStatusException;

/**
 * Gives error responses of actuator endpoints a problem as the body. An endpoint reports an unknown metric by returning null
 * and an unknown health component by returning a status; the actuator would send the status without a body.
 */
final class ProblemOperationAdvisor implements OperationInvokerAdvisor {

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        return context -> {
            Object answer = invoker.invoke(context);
            HttpStatusCode status = bareStatus(answer, type);
            if (status.isError()) {
                throw new ResponseStatusException(status);
            }
            return answer;
        };
    }

    /** The status that would be sent without a body; 200 if there is a body. */
    private static HttpStatusCode bareStatus(@Nullable Object answer, OperationType type) {
        if (answer instanceof WebEndpointResponse<?> response) {
            return response.getBody() == null ? HttpStatusCode.valueOf(response.getStatus()) : HttpStatus.OK;
        }
        return answer == null && type == OperationType.READ ? HttpStatus.NOT_FOUND : HttpStatus.OK;
    }
}
