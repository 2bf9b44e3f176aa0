"""The intake's tables."""

from crm_intake.models.answering import SavedReply, Writing
from crm_intake.models.asking import SourceAsked
from crm_intake.models.attachment import Attachment
from crm_intake.models.consent import LedgerEvent, LedgerEvidence, LedgerKey, StopMark
from crm_intake.models.conversation import Conversation, Note
from crm_intake.models.delivery import RefusedDelivery, WebhookDelivery
from crm_intake.models.lead import Lead
from crm_intake.models.outgoing import OutgoingText
from crm_intake.models.owner import LeadRoute, LeadTurn
from crm_intake.models.person import FormerPerson, Person, PhoneNumber
from crm_intake.models.program import TextProgram
from crm_intake.models.rules import IntakeRules
from crm_intake.models.talk import Call, Message
from crm_intake.models.task import OfficeTask

__all__ = [
    "Attachment",
    "Call",
    "Conversation",
    "FormerPerson",
    "IntakeRules",
    "Lead",
    "LeadRoute",
    "LeadTurn",
    "LedgerEvent",
    "LedgerEvidence",
    "LedgerKey",
    "Message",
    "Note",
    "OfficeTask",
    "OutgoingText",
    "Person",
    "PhoneNumber",
    "RefusedDelivery",
    "SavedReply",
    "SourceAsked",
    "StopMark",
    "TextProgram",
    "WebhookDelivery",
    "Writing",
]
