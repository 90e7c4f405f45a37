(function(){var e=globalThis,t=e.ShadowRoot&&(e.ShadyCSS===void 0||e.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,n=Symbol(),r=new WeakMap,i=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==n)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,n=this.t;if(t&&e===void 0){let t=n!==void 0&&n.length===1;t&&(e=r.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),t&&r.set(n,e))}return e}toString(){return this.cssText}},a=e=>new i(typeof e==`string`?e:e+``,void 0,n),o=(e,...t)=>new i(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,n),s=(n,r)=>{if(t)n.adoptedStyleSheets=r.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let t of r){let r=document.createElement(`style`),i=e.litNonce;i!==void 0&&r.setAttribute(`nonce`,i),r.textContent=t.cssText,n.appendChild(r)}},c=t?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return a(t)})(e):e,{is:l,defineProperty:u,getOwnPropertyDescriptor:d,getOwnPropertyNames:ee,getOwnPropertySymbols:te,getPrototypeOf:ne}=Object,f=globalThis,p=f.trustedTypes,re=p?p.emptyScript:``,ie=f.reactiveElementPolyfillSupport,m=(e,t)=>e,h={toAttribute(e,t){switch(t){case Boolean:e=e?re:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},ae=(e,t)=>!l(e,t),g={attribute:!0,type:String,converter:h,reflect:!1,useDefault:!1,hasChanged:ae};Symbol.metadata??=Symbol(`metadata`),f.litPropertyMetadata??=new WeakMap;var _=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=g){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&u(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=d(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??g}static _$Ei(){if(this.hasOwnProperty(m(`elementProperties`)))return;let e=ne(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(m(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(m(`properties`))){let e=this.properties,t=[...ee(e),...te(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(c(e))}else e!==void 0&&t.push(c(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return s(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?h:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?h:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??ae)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};_.elementStyles=[],_.shadowRootOptions={mode:`open`},_[m(`elementProperties`)]=new Map,_[m(`finalized`)]=new Map,ie?.({ReactiveElement:_}),(f.reactiveElementVersions??=[]).push(`2.1.2`);var v=globalThis,oe=e=>e,y=v.trustedTypes,se=y?y.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,ce=`$lit$`,b=`lit$${Math.random().toFixed(9).slice(2)}$`,le=`?`+b,ue=`<${le}>`,x=document,S=()=>x.createComment(``),C=e=>e===null||typeof e!=`object`&&typeof e!=`function`,w=Array.isArray,de=e=>w(e)||typeof e?.[Symbol.iterator]==`function`,T=`[ 	
\f\r]`,E=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,fe=/-->/g,pe=/>/g,D=RegExp(`>|${T}(?:([^\\s"'>=/]+)(${T}*=${T}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),me=/'/g,he=/"/g,O=/^(?:script|style|textarea|title)$/i,k=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),A=k(1),j=k(2),M=Symbol.for(`lit-noChange`),N=Symbol.for(`lit-nothing`),ge=new WeakMap,P=x.createTreeWalker(x,129);function _e(e,t){if(!w(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return se===void 0?t:se.createHTML(t)}var ve=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=E;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===E?c[1]===`!--`?o=fe:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=D):(O.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=D):o=pe:o===D?c[0]===`>`?(o=i??E,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?D:c[3]===`"`?he:me):o===he||o===me?o=D:o===fe||o===pe?o=E:(o=D,i=void 0);let d=o===D&&e[t+1].startsWith(`/>`)?` `:``;a+=o===E?n+ue:l>=0?(r.push(s),n.slice(0,l)+ce+n.slice(l)+b+d):n+b+(l===-2?t:d)}return[_e(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},F=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=ve(t,n);if(this.el=e.createElement(l,r),P.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=P.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(ce)){let t=u[o++],n=i.getAttribute(e).split(b),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?be:r[1]===`?`?xe:r[1]===`@`?Se:R}),i.removeAttribute(e)}else e.startsWith(b)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(O.test(i.tagName)){let e=i.textContent.split(b),t=e.length-1;if(t>0){i.textContent=y?y.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],S()),P.nextNode(),c.push({type:2,index:++a});i.append(e[t],S())}}}else if(i.nodeType===8){if(i.data===le)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(b,e+1))!==-1;)c.push({type:7,index:a}),e+=b.length-1}}a++}}static createElement(e,t){let n=x.createElement(`template`);return n.innerHTML=e,n}};function I(e,t,n=e,r){if(t===M)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=C(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=I(e,i._$AS(e,t.values),i,r)),t}var ye=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??x).importNode(t,!0);P.currentNode=r;let i=P.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new L(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Ce(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=P.nextNode(),a++)}return P.currentNode=x,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},L=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=N,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=I(this,e,t),C(e)?e===N||e==null||e===``?(this._$AH!==N&&this._$AR(),this._$AH=N):e!==this._$AH&&e!==M&&this._(e):e._$litType$===void 0?e.nodeType===void 0?de(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==N&&C(this._$AH)?this._$AA.nextSibling.data=e:this.T(x.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=F.createElement(_e(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new ye(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=ge.get(e.strings);return t===void 0&&ge.set(e.strings,t=new F(e)),t}k(t){w(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(S()),this.O(S()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=oe(e).nextSibling;oe(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},R=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=N,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=N}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=I(this,e,t,0),a=!C(e)||e!==this._$AH&&e!==M,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=I(this,r[n+o],t,o),s===M&&(s=this._$AH[o]),a||=!C(s)||s!==this._$AH[o],s===N?e=N:e!==N&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===N?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},be=class extends R{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===N?void 0:e}},xe=class extends R{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==N)}},Se=class extends R{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=I(this,e,t,0)??N)===M)return;let n=this._$AH,r=e===N&&n!==N||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==N&&(n===N||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Ce=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){I(this,e)}},we=v.litHtmlPolyfillSupport;we?.(F,L),(v.litHtmlVersions??=[]).push(`3.3.3`);var Te=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new L(t.insertBefore(S(),e),e,void 0,n??{})}return i._$AI(e),i},z=globalThis,B=class extends _{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Te(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return M}};B._$litElement$=!0,B.finalized=!0,z.litElementHydrateSupport?.({LitElement:B});var Ee=z.litElementPolyfillSupport;Ee?.({LitElement:B}),(z.litElementVersions??=[]).push(`4.2.2`);var De=1e3,Oe=class{host;text=``;#e;constructor(e){this.host=e,e.addController(this)}say(e){clearTimeout(this.#e),this.#t(e),this.#e=setTimeout(()=>this.#t(``),De)}hostDisconnected(){clearTimeout(this.#e),this.text=``}#t(e){this.text=e,this.host.requestUpdate()}};function ke(e){let t=H(e),n=U(t.conversation);return!n||!Array.isArray(t.answers)?null:{conversation:n,answers:W(t.answers,Ae)}}function V(e){return W(e,e=>({title:U(e.title),payload:U(e.payload)})).filter(({title:e,payload:t})=>e&&t)}function H(e){return typeof e==`object`&&e?e:{}}function U(e){return typeof e==`string`?e:Number.isFinite(e)?String(e):``}function Ae(e){return{text:U(e.text),facts:W(e.facts,e=>({label:U(e.label),value:U(e.value),note:U(e.note)||null})),buttons:V(e.buttons),places:W(e.places,je),sources:W(e.sources,Me)}}function je(e){let t=e.distance_m;return{name:U(e.name),address:U(e.address)||null,details:Array.isArray(e.details)?e.details.map(U).filter(Boolean):[],distanceM:typeof t==`number`&&Number.isFinite(t)?t:null,mapUrl:U(e.map_url)||null}}function Me(e){return{name:U(e.name),url:U(e.url)||null,asOf:U(e.as_of)||null,sample:e.sample===!0}}function W(e,t){return Array.isArray(e)?e.map(e=>t(H(e))):[]}var Ne=2e4,Pe=`Brak połączenia z internetem. Po jego odzyskaniu można wysłać wiadomość jeszcze raz.`,Fe=`Nie udało się połączyć z asystentem. Proszę spróbować ponownie za chwilę.`,Ie=`Odpowiedź nie nadeszła na czas. Proszę spróbować ponownie.`,G=`Asystent chwilowo nie działa. Proszę spróbować ponownie za chwilę.`,Le=`Nie udało się przyjąć tej wiadomości. Proszę napisać ją inaczej.`,K=class extends Error{canRetry;conversationLost;constructor(e,t,n=!1){super(e),this.canRetry=t,this.conversationLost=n}};async function Re(e,t,n){try{let r=await fetch(e,{method:`POST`,headers:{"Content-Type":`application/json`,Accept:`application/json, application/problem+json`},body:JSON.stringify({conversation:t,...n}),signal:AbortSignal.timeout(Ne)});if(!r.ok)throw await ze(r);let i=ke(await r.json());if(!i)throw new K(G,!0);return i}catch(e){throw e instanceof K?e:Be(e)}}async function ze(e){let t=U(H(e.headers.get(`Content-Type`)?.startsWith(`application/problem+json`)?await e.json().catch(()=>null):null).detail);return e.status>=500?new K(t||G,!0):new K(t||Le,e.status===429,e.status===404)}function Be(e){return navigator.onLine?e instanceof DOMException&&e.name===`TimeoutError`?new K(Ie,!0):new K(e instanceof SyntaxError?G:Fe,!0):new K(Pe,!0)}var Ve=`Europe/Warsaw`,He=new Intl.NumberFormat(`pl`,{maximumFractionDigits:1}),Ue=new Intl.PluralRules(`pl`),We=new Intl.DateTimeFormat(`pl`,{timeZone:Ve,day:`2-digit`,month:`2-digit`,year:`numeric`,hour:`2-digit`,minute:`2-digit`});function Ge(e){let t=/^(\d{4})-(\d{2})-(\d{2})$/.exec(e);if(t)return`${t[3]}.${t[2]}.${t[1]}`;let n=new Date(e);if(!/^\d{4}-\d{2}-\d{2}T/.test(e)||Number.isNaN(n.getTime()))return e;let r=Object.fromEntries(We.formatToParts(n).map(({type:e,value:t})=>[e,t]));return`${r.day}.${r.month}.${r.year} ${r.hour}:${r.minute}`}function Ke(e){let t=Math.round(e/10)*10;return t<1e3?`${t} m`:`${He.format(e/1e3)} km`}function qe(e){if(e===0)return`Osiągnięto limit znaków.`;let t=Ue.select(e);return t===`one`?`Pozostał 1 znak.`:t===`few`?`Pozostały ${e} znaki.`:`Pozostało ${e} znaków.`}function Je({name:e,asOf:t}){return t?`${e}, stan na ${Ge(t)}`:e}function q(e){return e.replace(/(?<=\d) (?=\d{3}(?!\d)|(?:zł|kW|km|m|µg\/m³)(?![\p{L}\d]))/gu,`\xA0`)}function J(e,t){if(!e||!URL.canParse(e,t))return null;let n=new URL(e,t);return n.protocol===`https:`||n.protocol===`http:`?n.href:null}function Ye({text:e,facts:t,places:n,buttons:r,sources:i}){let a=[e,...t.map(({label:e,value:t,note:n})=>`${e}: ${t}${n?`, ${n}`:``}`),...n.map(Xe),...i.map(e=>`Źródło: ${Je(e)}${e.sample?`, dane przykładowe`:``}`)];return r.length&&a.push(`Do wyboru: ${r.map(({title:e})=>e).join(`, `)}`),a.filter(Boolean).map(Ze).join(` `)}function Xe({name:e,address:t,details:n,distanceM:r}){return[e,r===null?``:Ke(r),t,...n].filter(Boolean).join(`, `)}function Ze(e){return/[.!?…:]$/.test(e)?e:`${e}.`}var Qe=`Można wpisać nazwę ulicy lub osiedla.`,$e=`Przeglądarka nie udostępniła lokalizacji. To nic nie szkodzi. ${Qe}`,et=`Nie udało się ustalić lokalizacji. ${Qe}`,tt=15e3,nt=6e4;function rt(){return new Promise((e,t)=>{`geolocation`in navigator?navigator.geolocation.getCurrentPosition(({coords:t})=>e({lat:it(t.latitude),lon:it(t.longitude)}),({code:e,PERMISSION_DENIED:n})=>t(Error(e===n?$e:et)),{timeout:tt,maximumAge:nt}):t(Error(et))})}function it(e){return Math.round(e*1e4)/1e4}var Y=`city-assistant-conversation`;function at(){try{return sessionStorage.getItem(Y)}catch{return null}}function ot(e){try{e===null?sessionStorage.removeItem(Y):sessionStorage.setItem(Y,e)}catch{}}var X=`Asystent pisze…`,st=`Ustalanie lokalizacji…`,ct=300,lt=class{host;announcer;endpoint;entries=[];status=``;busy=!1;#e=new Set;#t=null;constructor(e,t,n){this.host=e,this.announcer=t,this.endpoint=n}isUsed(e){return this.#e.has(e)}write(e){let t=e.trim();return!t||this.busy?!1:(this.#s({kind:`question`,text:t}),this.#i(X,()=>this.#r({text:t})),!0)}choose(e){this.busy||this.isUsed(e)||(this.#s({kind:`question`,text:e.title}),e.payload===`share_location`?this.#i(st,()=>this.#n(e)):(this.#e.add(e),this.#i(X,()=>this.#r({button:e.payload}))))}retry(e){if(this.busy||this.isUsed(e)||e.kind!==`failure`||!e.again)return;let t=e.again;this.#e.add(e),this.#i(X,()=>this.#r(t))}async#n(e){let t=await rt().catch(e=>this.#o(e.message,null));t&&(this.#e.add(e),await this.#r({location:t}))}async#r(e){this.#t??=at();try{let t=await Re(this.endpoint(),this.#t,e);this.#a(t.conversation);for(let e of t.answers)this.#s({kind:`answer`,answer:e});this.announcer.say(t.answers.map(Ye).join(` `))}catch(t){if(!(t instanceof K))throw t;t.conversationLost&&this.#a(null),this.#o(t.message,t.canRetry?e:null)}}async#i(e,t){this.busy=!0;let n=setTimeout(()=>this.#c(e),ct);try{await t()}finally{clearTimeout(n),this.busy=!1,this.#c(``)}}#a(e){this.#t=e,ot(e)}#o(e,t){this.#s({kind:`failure`,text:e,again:t}),this.announcer.say(e)}#s(e){this.entries=[...this.entries,e],this.host.requestUpdate()}#c(e){this.status=e,this.host.requestUpdate()}},ut=`a[href], button, textarea, [tabindex='0']`;function dt(e,t){if(e.key!==`Tab`)return;let n=[...t.querySelectorAll(ut)],r=n.at(0),i=n.at(-1),a=t.getRootNode().activeElement;e.shiftKey&&(a===r||a===t)?pt(e,i):!e.shiftKey&&a===i&&pt(e,r)}function ft(e){let t=matchMedia(`(hover: hover) and (pointer: fine)`).matches,n=e.querySelector(`textarea`);(t&&n?n:e).focus()}function pt(e,t){e.preventDefault(),t?.focus()}var Z={title:`Asystent miasta`,text:`Dzień dobry! Jestem automatycznym asystentem miasta.
Odpowiadam na pytania o jakość powietrza, dotacje do ogrzewania i ładowarki samochodów elektrycznych.`,privacyText:`Treść rozmowy przechowujemy przez ograniczony czas i maskujemy w niej rozpoznane dane osobowe. Proszę nie wpisywać nazwiska, numeru PESEL ani telefonu.`,privacyUrl:`/prywatnosc`,topics:[{title:`Jakie jest teraz powietrze?`,payload:`air_quality_now`},{title:`Dotacje do ogrzewania`,payload:`subsidy_overview`},{title:`Znajdź ładowarkę`,payload:`charger_find`},{title:`Co potrafi asystent?`,payload:`help`}]};function Q(e){let t=H(mt(e)),n=V(t.topics);return{title:U(t.title)||Z.title,text:U(t.text)||Z.text,privacyText:U(t.privacyText)||Z.privacyText,privacyUrl:U(t.privacyUrl)||Z.privacyUrl,topics:n.length?n:Z.topics}}function mt(e){try{return JSON.parse(e??`{}`)}catch{return console.warn(`city-assistant: the attribute „greeting” is not valid JSON, the default greeting is used.`),{}}}var ht=o`
  .launcher {
    position: fixed;
    inset: auto 1rem 1rem auto;
    z-index: var(--city-assistant-layer, 1000);
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 52px;
    padding: 0.5rem 1.25rem 0.5rem 1rem;
    border: 2px solid var(--_surface);
    border-radius: 26px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
    box-shadow: var(--_shadow);
  }

  .panel {
    display: flex;
    flex-direction: column;
    overflow: auto;
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }

  .inline .panel {
    height: var(--city-assistant-height, min(42rem, 88vh));
    min-height: 30rem;
  }

  .floating .panel {
    position: fixed;
    inset: auto 1rem 5rem auto;
    z-index: var(--city-assistant-layer, 1000);
    width: min(26rem, calc(100vw - 2rem));
    height: min(42rem, calc(100vh - 6.5rem));
    box-shadow: var(--_shadow);
  }

  .panel:focus-visible {
    outline-offset: -3px;
  }

  header {
    flex: none;
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding: 0.75rem 1rem;
    border-bottom: 1px solid var(--_line);
  }

  .mark {
    flex: none;
    display: grid;
    place-items: center;
    width: 2.5rem;
    height: 2.5rem;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .heading {
    flex: 1;
    min-width: 0;
    overflow-wrap: break-word;
  }

  .heading h2 {
    font-size: 1.0625rem;
    font-weight: 700;
    line-height: 1.3;
  }

  .heading p {
    color: var(--_muted);
    font-size: 0.875rem;
    line-height: 1.3;
  }

  .close {
    display: grid;
    place-items: center;
    width: var(--_target);
    height: var(--_target);
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
  }

  .close:hover {
    background: var(--_raised);
  }

  .composer {
    flex: none;
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0.25rem 0.5rem;
    align-items: end;
    padding: 0.625rem 1rem 1rem;
    border-top: 1px solid var(--_line);
  }

  .composer label,
  .counter {
    grid-column: 1 / -1;
    color: var(--_muted);
    font-size: 0.875rem;
  }

  textarea {
    width: 100%;
    min-height: 48px;
    max-height: 9rem;
    padding: 0.6875rem 0.875rem;
    border: 1px solid var(--_control);
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_surface);
    line-height: 1.5;
    resize: none;
    field-sizing: content;
  }

  textarea:focus-visible {
    border-color: var(--_accent);
    outline-width: 2px;
    outline-offset: 0;
  }

  .send {
    display: grid;
    place-items: center;
    width: 48px;
    height: 48px;
    padding: 0;
    border: 0;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .send:hover,
  .launcher:hover {
    background: color-mix(in srgb, var(--_accent) 86%, var(--_text));
  }

  @media (max-width: 30rem) {
    .floating .panel {
      inset: 0;
      width: auto;
      height: auto;
      border: 0;
      border-radius: 0;
    }
  }

  @media (max-height: 30rem) {
    .floating .panel {
      inset-block: 0;
      height: auto;
    }

    .floating .transcript {
      flex: none;
      overflow: visible;
    }
  }

  @media (forced-colors: active) {
    .launcher,
    .send,
    .reply {
      border: 1px solid ButtonText;
    }
  }
`,gt=o`
  .transcript {
    position: relative;
    flex: 1;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 0.75rem;
    min-height: 10rem;
    padding: 1rem;
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  .transcript:focus-visible {
    outline-offset: -3px;
  }

  .transcript > * {
    flex: none;
  }

  .message {
    position: relative;
    max-width: 92%;
    padding: 0.75rem 1rem;
    border-radius: var(--_radius);
    overflow-wrap: anywhere;
  }

  .assistant:has(.facts, .places) {
    width: 34rem;
  }

  .assistant {
    background: var(--_raised);
    border-start-start-radius: 4px;
  }

  .resident {
    align-self: flex-end;
    max-width: 85%;
    background: var(--_accent);
    color: var(--_on-accent);
    border-end-end-radius: 4px;
  }

  .failure {
    background: var(--_alarm);
    color: var(--_on-alarm);
  }

  .failure .reply {
    margin-top: 0.625rem;
  }

  .text {
    white-space: pre-line;
  }

  .text + * {
    margin-top: 0.75rem;
  }

  .privacy {
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .facts {
    display: grid;
    border-block: 1px solid var(--_line);
  }

  .facts > div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1rem;
    padding-block: 0.4375rem;
  }

  .facts > div + div {
    border-top: 1px solid var(--_line);
  }

  dt {
    color: var(--_muted);
  }

  dd {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }

  .note {
    color: var(--_muted);
    font-size: 0.875rem;
    font-weight: 400;
  }

  .places {
    display: grid;
    gap: 0.5rem;
  }

  .places > li {
    padding: 0.625rem 0.75rem;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_surface);
  }

  .place-name {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 0.75rem;
  }

  .distance,
  .detail {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }

  .detail {
    font-size: 0.9375rem;
  }

  .map {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    min-height: var(--_target);
    margin-block-end: -0.375rem;
    color: var(--_accent);
    font-weight: 600;
  }

  .source {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.5rem;
    margin-top: 0.75rem;
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .source + .source {
    margin-top: 0.25rem;
  }

  .badge {
    padding: 0.0625rem 0.5rem;
    border-radius: 1em;
    background: var(--_notice);
    color: var(--_on-notice);
    font-weight: 600;
  }

  .replies {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }

  .reply {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    min-height: var(--_target);
    padding: 0.4375rem 1rem;
    border: 1px solid var(--_accent);
    border-radius: 22px;
    background: var(--_surface);
    color: var(--_accent);
    font-weight: 600;
    line-height: 1.3;
    text-align: start;
    overflow-wrap: anywhere;
  }

  .reply:hover {
    background: var(--_raised);
  }

  .reply[aria-disabled="true"] {
    border-color: var(--_line);
    background: var(--_raised);
    color: var(--_muted);
  }

  .status {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 1.5rem;
    color: var(--_muted);
    font-size: 0.9375rem;
  }

  .dots {
    display: inline-flex;
    gap: 4px;
  }

  .dots i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: currentcolor;
  }

  @media (prefers-reduced-motion: no-preference) {
    .transcript {
      scroll-behavior: smooth;
    }

    .dots i {
      animation: wait 1.2s infinite ease-in-out;
    }

    .dots i:nth-child(2) {
      animation-delay: 0.15s;
    }

    .dots i:nth-child(3) {
      animation-delay: 0.3s;
    }

    .message {
      animation: appear 0.18s ease-out;
    }
  }

  @keyframes wait {
    50% {
      opacity: 0.25;
    }
  }

  @keyframes appear {
    from {
      opacity: 0;
      translate: 0 6px;
    }
  }
`,_t=o`
  :host {
    --_accent: var(--city-assistant-accent, #0b5a70);
    --_on-accent: var(--city-assistant-on-accent, #ffffff);
    --_surface: var(--city-assistant-surface, #ffffff);
    --_raised: var(--city-assistant-raised, #edf3f5);
    --_text: var(--city-assistant-text, #13242e);
    --_muted: var(--city-assistant-muted, #4a5d69);
    --_line: var(--city-assistant-line, #d3dde2);
    --_control: var(--city-assistant-control, #6f8491);
    --_notice: #ffefc7;
    --_on-notice: #633f00;
    --_alarm: #fdeceb;
    --_on-alarm: #7d1a14;
    --_shadow: 0 1px 2px rgb(10 30 40 / 8%), 0 12px 32px rgb(10 30 40 / 16%);
    --_radius: var(--city-assistant-radius, 14px);
    --_target: 44px;

    display: block;
    color: var(--_text);
    color-scheme: light dark;
    font: 400 1rem/1.5 var(--city-assistant-font, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif);
    text-align: start;
  }

  @media (prefers-color-scheme: dark) {
    :host {
      --_accent: var(--city-assistant-accent, #7cc9de);
      --_on-accent: var(--city-assistant-on-accent, #06222c);
      --_surface: var(--city-assistant-surface, #13202a);
      --_raised: var(--city-assistant-raised, #20313d);
      --_text: var(--city-assistant-text, #e9f0f3);
      --_muted: var(--city-assistant-muted, #adbec8);
      --_line: var(--city-assistant-line, #344956);
      --_control: var(--city-assistant-control, #7f97a5);
      --_notice: #4b390f;
      --_on-notice: #ffe2a3;
      --_alarm: #44201d;
      --_on-alarm: #ffcfc9;
      --_shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 12px 32px rgb(0 0 0 / 50%);
    }
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  h2,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  ul {
    list-style: none;
  }

  a {
    color: inherit;
    text-underline-offset: 0.15em;
  }

  button,
  textarea {
    font: inherit;
    color: inherit;
  }

  button {
    cursor: pointer;
  }

  button[aria-disabled="true"] {
    cursor: default;
  }

  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  .icon {
    flex: none;
    width: 1.5em;
    height: 1.5em;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;function $(e){return A`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${e}</svg>`}var vt=$(j`<path d="M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z"/><path d="M8 9h8M8 12.5h5"/>`),yt=$(j`<path d="M6 6l12 12M18 6 6 18"/>`),bt=$(j`<path d="M5 12h13M12.5 6l6 6-6 6"/>`),xt=$(j`<path d="m5 12.5 4.5 4.5L19 7.5"/>`),St=$(j`<path d="M12 21c4.5-4.6 7-8 7-11a7 7 0 0 0-14 0c0 3 2.5 6.4 7 11Z"/><circle cx="12" cy="10" r="2.5"/>`),Ct=1e3,wt=850;function Tt(e,t,n){let r=Math.max(0,Ct-e.length),i=e.length>=wt;return A`
    <form
      class="composer"
      @submit=${e=>{e.preventDefault(),n()}}
    >
      <label for="question">Pytanie do asystenta</label>
      <textarea
        id="question"
        rows="1"
        maxlength=${Ct}
        autocomplete="off"
        enterkeyhint="send"
        aria-describedby=${i?`counter`:N}
        .value=${e}
        @input=${e=>t(e.target.value)}
        @keydown=${e=>Et(e,n)}
      ></textarea>
      <button type="submit" class="send">${bt}<span class="hidden">Wyślij pytanie</span></button>
      ${i?A`<p class="counter" id="counter">${qe(r)}</p>`:N}
    </form>
  `}function Et(e,t){e.key!==`Enter`||e.shiftKey||e.isComposing||(e.preventDefault(),t())}function Dt(e,t){let{text:n,facts:r,places:i,sources:a,buttons:o}=e;return A`
    <div class="message assistant">
      <span class="hidden">Asystent:</span>
      ${n?A`<p class="text">${q(n)}</p>`:N}
      ${r.length?A`<dl class="facts">${r.map(kt)}</dl>`:N}
      ${i.length?A`<ul class="places" role="list">${i.map(At)}</ul>`:N}
      ${a.map(Mt)}
    </div>
    ${Ot(o,t)}
  `}function Ot(e,{choose:t,isUsed:n}){return e.length?A`
    <ul class="replies" role="list" aria-label="Do wyboru">
      ${e.map(e=>A`
          <li>
            <button type="button" class="reply" aria-disabled=${n(e)} @click=${()=>t(e)}>
              ${n(e)?A`${xt}<span class="hidden">Wybrano:</span>`:N} ${e.title}
            </button>
          </li>
        `)}
    </ul>
  `:N}function kt({label:e,value:t,note:n}){return A`
    <div>
      <dt>${e}</dt>
      <dd>${q(t)}${n?A` <span class="note">${n}</span>`:N}</dd>
    </div>
  `}function At({name:e,address:t,details:n,distanceM:r,mapUrl:i}){let a=J(i,document.baseURI);return A`
    <li>
      <p class="place-name">
        <strong>${e}</strong>
        ${r===null?N:A`<span class="distance">${Ke(r)}</span>`}
      </p>
      ${t?A`<p>${t}</p>`:N} ${n.map(e=>A`<p class="detail">${q(e)}</p>`)}
      ${a?jt(a,e):N}
    </li>
  `}function jt(e,t){return A`
    <a class="map" href=${e} target="_blank" rel="noopener noreferrer">
      ${St}mapa<span class="hidden">: ${t}, otwiera się w nowej karcie</span>
    </a>
  `}function Mt(e){let t=J(e.url,document.baseURI),n=Je(e).slice(e.name.length);return A`
    <p class="source">
      <span>Źródło: ${t?A`<a href=${t} target="_blank" rel="noopener noreferrer"
        >${e.name}<span class="hidden"> (otwiera się w nowej karcie)</span></a
      >`:e.name}${n}</span>
      ${e.sample?A`<span class="badge">dane przykładowe</span>`:N}
    </p>
  `}var Nt=12;function Pt(e,t,n){let r={choose:e=>n.choose(e),isUsed:e=>n.isUsed(e)};return A`
    <div class="transcript" role="log" aria-live="off" aria-label="Rozmowa" tabindex="0">
      ${It(e,t,r)} ${n.entries.map(e=>Lt(e,n,r))}
      <p class="status" role="status">${n.status?zt(n.status):N}</p>
    </div>
  `}function Ft(e){let t=[...e.querySelectorAll(`.resident`)].at(-1);if(!t)return;let n=t.offsetTop-Nt;e.scrollTop=n,e.parentElement&&(e.parentElement.scrollTop=e.offsetTop+n-e.scrollTop),e.getBoundingClientRect().top<0&&e.scrollIntoView({block:`start`})}function It(e,t,n){let r=t?A` <a href=${t}>Więcej o prywatności</a>`:N;return A`
    <div class="message assistant">
      <span class="hidden">Asystent:</span>
      <p class="text">${e.text}</p>
      <p class="privacy">${e.privacyText}${r}</p>
    </div>
    ${Ot(e.topics,n)}
  `}function Lt(e,t,n){switch(e.kind){case`question`:return A`
        <div class="message resident">
          <span class="hidden">Pytanie:</span>
          <p class="text">${e.text}</p>
        </div>
      `;case`answer`:return Dt(e.answer,n);case`failure`:return A`
        <div class="message failure">
          <p class="text">${e.text}</p>
          ${e.again?Rt(t.isUsed(e),()=>t.retry(e)):N}
        </div>
      `}}function Rt(e,t){return A`<button type="button" class="reply" aria-disabled=${e} @click=${t}>Spróbuj ponownie</button>`}function zt(e){return A`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${e}`}var Bt=document.currentScript instanceof HTMLScriptElement?document.currentScript.src:document.baseURI,Vt=`/api/v1/chat`,Ht=class extends B{static styles=[_t,ht,gt];static properties={inline:{type:Boolean},open:{type:Boolean,reflect:!0},endpoint:{type:String},greeting:{converter:{fromAttribute:Q}},draft:{state:!0}};#e=new Oe(this);#t=new lt(this,this.#e,()=>this.endpoint);#n=0;constructor(){super(),this.inline=!1,this.open=!1,this.endpoint=new URL(Vt,Bt).href,this.greeting=Q(null),this.draft=``}connectedCallback(){super.connectedCallback(),this.lang||=`pl`}render(){return A`
      <div class=${this.inline?`inline`:`floating`} @keydown=${this.#d}>
        ${this.inline?N:this.#r()}
        <section
          id="panel"
          class="panel"
          role=${this.inline?`region`:`dialog`}
          aria-labelledby="title"
          tabindex="-1"
          ?hidden=${!this.inline&&!this.open}
        >
          ${this.#i()} ${Pt(this.greeting,this.#a(),this.#t)}
          ${Tt(this.draft,this.#o,this.#s)}
        </section>
        <div class="hidden" aria-live="polite">${this.#e.text}</div>
      </div>
    `}updated(e){let t=this.renderRoot.querySelector(`.transcript`),{entries:n,status:r}=this.#t;t&&(n.length!==this.#n||r)&&Ft(t),this.#n=n.length,e.has(`open`)&&e.get(`open`)===!1&&!this.inline&&this.#u()}#r(){return A`
      <button
        type="button"
        class="launcher"
        aria-haspopup="dialog"
        aria-expanded=${this.open}
        aria-controls="panel"
        @click=${this.open?this.#l:this.#c}
      >
        ${vt}<span>Zapytaj asystenta</span>
      </button>
    `}#i(){return A`
      <header>
        <span class="mark">${vt}</span>
        <div class="heading">
          <h2 id="title">${this.greeting.title}</h2>
          <p>Odpowiada automat, nie człowiek</p>
        </div>
        ${this.inline?N:A`<button type="button" class="close" aria-label="Zamknij asystenta" @click=${this.#l}>${yt}</button>`}
      </header>
    `}#a(){return J(this.greeting.privacyUrl,Bt)}#o=e=>{this.draft=e};#s=()=>{this.#t.write(this.draft)&&(this.draft=``)};#c=()=>{this.open=!0};#l=()=>{this.open=!1,this.renderRoot.querySelector(`.launcher`)?.focus()};#u(){let e=this.renderRoot.querySelector(`.panel`);this.open&&e&&(ft(e),this.#t.entries.length||this.#e.say(this.greeting.text))}#d=e=>{!this.inline&&this.open&&(e.key===`Escape`?this.#l():dt(e,this.renderRoot.querySelector(`.panel`)))}};customElements.get(`city-assistant`)||customElements.define(`city-assistant`,Ht)})();