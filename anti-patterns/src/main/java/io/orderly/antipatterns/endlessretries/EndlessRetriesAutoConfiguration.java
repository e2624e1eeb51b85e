package io.orderly.antipatterns.endlessretries;

import io.orderly.payment.PaymentService;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Import;

@AutoConfiguration
@ConditionalOnClass(PaymentService.class)
@ConditionalOnBean(PaymentService.class)
@Import(EndlessRetries.class)
class EndlessRetriesAutoConfiguration {}
