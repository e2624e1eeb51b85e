package io.orderly.antipatterns.twophasecommit.shipping;

import io.orderly.shipping.ShippingServiceApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Import;

@AutoConfiguration
@ConditionalOnClass(ShippingServiceApplication.class)
@ConditionalOnBean(ShippingServiceApplication.class)
@Import({ShipmentBranch.class, ShipmentBranchController.class})
class ShipmentBranchAutoConfiguration {}
