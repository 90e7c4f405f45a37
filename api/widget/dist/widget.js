(function(){var e=globalThis,t=e.ShadowRoot&&(e.ShadyCSS===void 0||e.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,n=Symbol(),r=new WeakMap,i=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==n)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,n=this.t;if(t&&e===void 0){let t=n!==void 0&&n.length===1;t&&(e=r.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),t&&r.set(n,e))}return e}toString(){return this.cssText}},a=e=>new i(typeof e==`string`?e:e+``,void 0,n),o=(e,...t)=>new i(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,n),s=(n,r)=>{if(t)n.adoptedStyleSheets=r.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let t of r){let r=document.createElement(`style`),i=e.litNonce;i!==void 0&&r.setAttribute(`nonce`,i),r.textContent=t.cssText,n.appendChild(r)}},c=t?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return a(t)})(e):e,{is:l,defineProperty:u,getOwnPropertyDescriptor:d,getOwnPropertyNames:ee,getOwnPropertySymbols:te,getPrototypeOf:ne}=Object,f=globalThis,re=f.trustedTypes,ie=re?re.emptyScript:``,ae=f.reactiveElementPolyfillSupport,p=(e,t)=>e,m={toAttribute(e,t){switch(t){case Boolean:e=e?ie:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},oe=(e,t)=>!l(e,t),se={attribute:!0,type:String,converter:m,reflect:!1,useDefault:!1,hasChanged:oe};Symbol.metadata??=Symbol(`metadata`),f.litPropertyMetadata??=new WeakMap;var h=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=se){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&u(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=d(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??se}static _$Ei(){if(this.hasOwnProperty(p(`elementProperties`)))return;let e=ne(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(p(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(p(`properties`))){let e=this.properties,t=[...ee(e),...te(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(c(e))}else e!==void 0&&t.push(c(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return s(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?m:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?m:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??oe)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};h.elementStyles=[],h.shadowRootOptions={mode:`open`},h[p(`elementProperties`)]=new Map,h[p(`finalized`)]=new Map,ae?.({ReactiveElement:h}),(f.reactiveElementVersions??=[]).push(`2.1.2`);var g=globalThis,ce=e=>e,_=g.trustedTypes,le=_?_.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,ue=`$lit$`,v=`lit$${Math.random().toFixed(9).slice(2)}$`,de=`?`+v,fe=`<${de}>`,y=document,b=()=>y.createComment(``),x=e=>e===null||typeof e!=`object`&&typeof e!=`function`,S=Array.isArray,pe=e=>S(e)||typeof e?.[Symbol.iterator]==`function`,C=`[ 	
\f\r]`,w=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,me=/-->/g,he=/>/g,T=RegExp(`>|${C}(?:([^\\s"'>=/]+)(${C}*=${C}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),ge=/'/g,_e=/"/g,ve=/^(?:script|style|textarea|title)$/i,ye=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),E=ye(1),D=ye(2),O=Symbol.for(`lit-noChange`),k=Symbol.for(`lit-nothing`),be=new WeakMap,A=y.createTreeWalker(y,129);function xe(e,t){if(!S(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return le===void 0?t:le.createHTML(t)}var Se=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=w;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===w?c[1]===`!--`?o=me:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=T):(ve.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=T):o=he:o===T?c[0]===`>`?(o=i??w,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?T:c[3]===`"`?_e:ge):o===_e||o===ge?o=T:o===me||o===he?o=w:(o=T,i=void 0);let d=o===T&&e[t+1].startsWith(`/>`)?` `:``;a+=o===w?n+fe:l>=0?(r.push(s),n.slice(0,l)+ue+n.slice(l)+v+d):n+v+(l===-2?t:d)}return[xe(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},j=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=Se(t,n);if(this.el=e.createElement(l,r),A.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=A.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(ue)){let t=u[o++],n=i.getAttribute(e).split(v),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?we:r[1]===`?`?Te:r[1]===`@`?Ee:P}),i.removeAttribute(e)}else e.startsWith(v)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(ve.test(i.tagName)){let e=i.textContent.split(v),t=e.length-1;if(t>0){i.textContent=_?_.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],b()),A.nextNode(),c.push({type:2,index:++a});i.append(e[t],b())}}}else if(i.nodeType===8){if(i.data===de)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(v,e+1))!==-1;)c.push({type:7,index:a}),e+=v.length-1}}a++}}static createElement(e,t){let n=y.createElement(`template`);return n.innerHTML=e,n}};function M(e,t,n=e,r){if(t===O)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=x(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=M(e,i._$AS(e,t.values),i,r)),t}var Ce=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??y).importNode(t,!0);A.currentNode=r;let i=A.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new N(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new De(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=A.nextNode(),a++)}return A.currentNode=y,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},N=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=k,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=M(this,e,t),x(e)?e===k||e==null||e===``?(this._$AH!==k&&this._$AR(),this._$AH=k):e!==this._$AH&&e!==O&&this._(e):e._$litType$===void 0?e.nodeType===void 0?pe(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==k&&x(this._$AH)?this._$AA.nextSibling.data=e:this.T(y.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=j.createElement(xe(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new Ce(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=be.get(e.strings);return t===void 0&&be.set(e.strings,t=new j(e)),t}k(t){S(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(b()),this.O(b()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=ce(e).nextSibling;ce(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},P=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=k,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=k}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=M(this,e,t,0),a=!x(e)||e!==this._$AH&&e!==O,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=M(this,r[n+o],t,o),s===O&&(s=this._$AH[o]),a||=!x(s)||s!==this._$AH[o],s===k?e=k:e!==k&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===k?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},we=class extends P{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===k?void 0:e}},Te=class extends P{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==k)}},Ee=class extends P{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=M(this,e,t,0)??k)===O)return;let n=this._$AH,r=e===k&&n!==k||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==k&&(n===k||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},De=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){M(this,e)}},Oe=g.litHtmlPolyfillSupport;Oe?.(j,N),(g.litHtmlVersions??=[]).push(`3.3.3`);var ke=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new N(t.insertBefore(b(),e),e,void 0,n??{})}return i._$AI(e),i},F=globalThis,I=class extends h{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=ke(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return O}};I._$litElement$=!0,I.finalized=!0,F.litElementHydrateSupport?.({LitElement:I});var Ae=F.litElementPolyfillSupport;Ae?.({LitElement:I}),(F.litElementVersions??=[]).push(`4.2.2`);var je=`Europe/Warsaw`,Me=new Intl.NumberFormat(`pl`,{maximumFractionDigits:1}),Ne=new Intl.PluralRules(`pl`),Pe=new Intl.DateTimeFormat(`pl`,{timeZone:je,day:`2-digit`,month:`2-digit`,year:`numeric`,hour:`2-digit`,minute:`2-digit`});function Fe(e){let t=/^(\d{4})-(\d{2})-(\d{2})$/.exec(e);if(t)return`${t[3]}.${t[2]}.${t[1]}`;let n=new Date(e);if(!/^\d{4}-\d{2}-\d{2}T/.test(e)||Number.isNaN(n.getTime()))return e;let r=Object.fromEntries(Pe.formatToParts(n).map(({type:e,value:t})=>[e,t]));return`${r.day}.${r.month}.${r.year} ${r.hour}:${r.minute}`}function Ie(e){let t=Math.round(e/10)*10;return t<1e3?`${t} m`:`${Me.format(e/1e3)} km`}function Le(e){if(e===0)return`Osiągnięto limit znaków. Dalszy tekst się nie zmieści.`;let t=Ne.select(e);return t===`one`?`Pozostał 1 znak.`:t===`few`?`Pozostały ${e} znaki.`:`Pozostało ${e} znaków.`}function Re(e){return e===null?`brak danych`:Me.format(e)}function ze({name:e,asOf:t}){return t?`${e}, stan na ${Fe(t)}`:e}function Be(e){return e.replace(/(?<=\d) (?=\d{3}(?!\d)|(?:zł|kW|km|m|µg\/m³)(?![\p{L}\d]))/gu,`\xA0`).replace(/(?<=(?<!\d)\d{2}-)(?=\d{3}(?![\d-]))/g,`⁠`)}function Ve(e,t){let n=/\p{Script=Cyrillic}/u.test(e);return e.split(`
`).filter(Boolean).map(e=>({text:e,lang:n&&!/\p{Script=Cyrillic}/u.test(e)?`pl`:t}))}function L(e,t){if(!e||!URL.canParse(e,t))return null;let n=new URL(e,t);return n.protocol===`https:`||n.protocol===`http:`?n.href:null}function He({text:e,facts:t,places:n,chart:r,buttons:i,sources:a}){let o=[e,...t.map(({label:e,value:t,note:n})=>`${e}: ${t}${n?`, ${n}`:``}`),...n.map(Ue),r?`Wykres: ${r.title}`:``,...a.map(e=>`Źródło: ${ze(e)}${e.sample?`, dane przykładowe`:``}`)];return i.length&&o.push(`Do wyboru: ${i.map(({title:e})=>e).join(`, `)}`),o.filter(Boolean).map(We).join(` `)}function Ue({name:e,address:t,details:n,distanceM:r}){return[e,r===null?``:Ie(r),t,...n].filter(Boolean).join(`, `)}function We(e){return/[.!?…:]$/.test(e)?e:`${e}.`}var Ge=`cancel`,Ke=/^[a-z]{2,3}$/,qe=/^geo:-?\d+(\.\d+)?,-?\d+(\.\d+)?$/;function Je(e,t){let n=R(e),r=z(n.conversation);if(!r||!Array.isArray(n.answers))return null;let{intent:i,decision:a}=R(n.understanding),o=H(n.answers,e=>({...e,intent:i,decision:a}));return{conversation:r,answers:o.map(e=>B(e,t)),wires:o}}function Ye(e){return H(e,e=>({title:z(e.title),payload:z(e.payload)})).filter(({title:e,payload:t})=>e&&t)}function R(e){return typeof e==`object`&&e?e:{}}function z(e){return typeof e==`string`?e:Number.isFinite(e)?String(e):``}function B(e,t){let n=z(e.lang);return{text:z(e.text),lang:Ke.test(n)?n:`pl`,intent:z(e.intent),decision:z(e.decision),facts:H(e.facts,e=>({label:z(e.label),value:z(e.value),note:z(e.note)||null})),buttons:Ye(e.buttons),places:H(e.places,Xe),chart:Qe(R(e.chart),t),sources:H(e.sources,$e)}}function Xe(e){return{name:z(e.name),address:z(e.address)||null,details:Array.isArray(e.details)?e.details.map(z).filter(Boolean):[],position:Ze(e),distanceM:V(e.distance_m),mapUrl:z(e.map_url)||null,geoUri:qe.exec(z(e.geo_uri))?.[0]??null}}function Ze(e){let[t,n]=[V(e.lat),V(e.lon)];return t!==null&&n!==null&&Math.abs(t)<=90&&Math.abs(n)<=180?{lat:t,lon:n}:null}function Qe(e,t){let n=H(e.rows,e=>({at:z(e.at),value:V(e.value)})).filter(({at:e})=>e),r=z(e.title);return!r||!n.length?null:{url:L(z(e.url),t),narrowUrl:L(z(e.narrow_url),t),title:r,description:z(e.description)||r,unit:z(e.unit),source:z(e.source),limit:z(R(e.limit).label),rows:n}}function $e(e){return{name:z(e.name),url:z(e.url)||null,asOf:z(e.as_of)||null,sample:e.sample===!0}}function V(e){return typeof e==`number`&&Number.isFinite(e)?e:null}function H(e,t){return Array.isArray(e)?e.map(e=>t(R(e))):[]}var et=1e3,tt=class{host;text=``;lang=`pl`;#e;constructor(e){this.host=e,e.addController(this)}say(e,t=`pl`){clearTimeout(this.#e),this.lang=t,this.#t(e),this.#e=setTimeout(()=>this.#t(``),et)}hostDisconnected(){clearTimeout(this.#e),this.text=``}#t(e){this.text=e,this.host.requestUpdate()}},nt=2e4,rt=`Brak połączenia z internetem. Gdy połączenie wróci, wiadomość zostanie wysłana sama.`,it=`Nie udało się połączyć z asystentem. Proszę spróbować ponownie za chwilę.`,at=`Odpowiedź nie nadeszła na czas. Proszę spróbować ponownie.`,U=`Asystent chwilowo nie działa. Proszę spróbować ponownie za chwilę.`,ot=`Nie udało się przyjąć tej wiadomości. Proszę napisać ją inaczej.`,W=class extends Error{cure;constructor(e,t){super(e),this.cure=t}};function G(e){return{question:e,key:[...crypto.getRandomValues(new Uint8Array(16))].map(e=>e.toString(16).padStart(2,`0`)).join(``)}}async function st(e,t,{question:n,key:r}){try{let i=await fetch(e,{method:`POST`,headers:{"Content-Type":`application/json`,Accept:`application/json, application/problem+json`,"Idempotency-Key":r},body:JSON.stringify({conversation:t,...n}),signal:AbortSignal.timeout(nt)});if(!i.ok)throw await ct(i);let a=Je(await i.json(),i.url);if(!a)throw new W(U,`press`);return a}catch(e){throw e instanceof W?e:lt(e)}}async function ct(e){let t=z(R(e.headers.get(`Content-Type`)?.startsWith(`application/problem+json`)?await e.json().catch(()=>null):null).detail);return e.status>=500?new W(t||U,`press`):new W(t||ot,e.status===429?`press`:`none`)}function lt(e){return navigator.onLine?e instanceof DOMException&&e.name===`TimeoutError`?new W(at,`resend`):e instanceof SyntaxError?new W(U,`press`):new W(it,`resend`):new W(rt,`resend`)}var K=`human_handoff`,ut=`${K}?topic=`,dt=`${K}?reply=none`,ft=`${K}?confirm=`,pt=`Proszę wpisać treść wiadomości.`;function mt(e){return e.buttons.filter(({payload:e})=>e.startsWith(ut))}async function ht({topic:e,text:t,contact:n},r){if(!t)return{field:`text`,problem:pt};await r({button:Ge});let i=await r({button:e});if(!q(i,`cancel`))return J(`form`,i);let a=await r({text:t});if(!q(a,dt))return J(`text`,a);let o=await r(n?{text:n}:{button:dt});return q(o,ft)?{turn:o}:J(`contact`,o)}function q({answers:e},t){return e.some(({buttons:e})=>e.some(e=>e.payload.startsWith(t)))}function J(e,{answers:t}){return{field:e,problem:t.map(({text:e})=>e).join(` `)}}var gt=1e3,_t=6e4,vt=class{address;take;#e=null;#t=null;#n;#r=gt;constructor(e,t){this.address=e,this.take=t}listen(e,t){this.#e?.conversation!==e&&(this.#e||(document.addEventListener(`visibilitychange`,this.#i),addEventListener(`online`,this.#i)),this.#e={conversation:e,seen:t},this.#a())}stop(){this.#e=null,this.#o(),document.removeEventListener(`visibilitychange`,this.#i),removeEventListener(`online`,this.#i)}#i=()=>{document.visibilityState===`hidden`?this.#o():this.#t||this.#a()};#a(){this.#o(),this.#e&&document.visibilityState!==`hidden`&&(this.#t=new AbortController,this.#s(this.#t.signal))}#o(){clearTimeout(this.#n),this.#t?.abort(),this.#t=null}async#s(e){try{let t=await fetch(this.address(),{headers:this.#c(),signal:e,cache:`no-store`});if(t.status>=400&&t.status<500&&t.status!==429)return;t.ok&&t.body&&await this.#l(t.body)}catch{}e.aborted||(this.#t=null,this.#n=setTimeout(()=>this.#a(),this.#r*(.5+Math.random()/2)),this.#r=Math.min(this.#r*2,_t))}#c(){let{conversation:e,seen:t}=this.#e??{};return{Accept:`text/event-stream`,...e&&{"X-Conversation":e},...t&&{"Last-Event-ID":t}}}async#l(e){for await(let t of yt(e))this.#r=gt,t&&(this.#e&&t.id&&(this.#e.seen=t.id),this.take(t))}};async function*yt(e){let t=e.getReader(),n=new TextDecoder,r=``;try{for(;;){let{value:e,done:i}=await t.read();if(i)return;let a=(r+n.decode(e,{stream:!0})).replaceAll(`\r
`,`
`).split(`

`);r=a.pop()??``;for(let e of a)yield bt(e)}}finally{await t.cancel().catch(()=>void 0)}}function bt(e){let t=e.split(`
`),n=e=>t.filter(t=>t.startsWith(`${e}:`)).map(t=>t.slice(e.length+1).replace(/^ /,``)),r=n(`data`).join(`
`);try{return r?{kind:n(`event`).at(-1)??`message`,id:n(`id`).at(-1)??``,data:R(JSON.parse(r))}:null}catch{return null}}var xt=`Można wpisać nazwę ulicy lub osiedla.`,St=`Przeglądarka nie udostępniła lokalizacji. To nic nie szkodzi. ${xt}`,Ct=`Nie udało się ustalić lokalizacji. ${xt}`,wt=15e3,Tt=6e4;function Et(){return new Promise((e,t)=>{`geolocation`in navigator?navigator.geolocation.getCurrentPosition(({coords:t})=>e({lat:Dt(t.latitude),lon:Dt(t.longitude)}),({code:e,PERMISSION_DENIED:n})=>t(Error(e===n?St:Ct)),{timeout:wt,maximumAge:Tt}):t(Error(Ct))})}function Dt(e){return Math.round(e*1e4)/1e4}var Y=`city-assistant-conversation`;function Ot(e){try{let t=R(JSON.parse(sessionStorage.getItem(Y)??`null`)),n=Array.isArray(t.entries)?t.entries.flatMap(t=>jt(R(t),e)):[];return n.length?{conversation:z(t.conversation)||null,entries:n,seen:z(t.seen)}:null}catch{return null}}function kt(e){try{e===null?sessionStorage.removeItem(Y):sessionStorage.setItem(Y,JSON.stringify({...e,entries:e.entries.slice(-40).map(At)}))}catch{}}function At(e){return e.kind===`answer`?{answered:e.wire}:{asked:e.text,pending:e.pending,failure:e.failure}}function jt({asked:e,pending:t,failure:n,answered:r},i){if(z(e))return[{kind:`question`,text:z(e),pending:Mt(R(t)),failure:z(n)}];if(typeof r!=`object`||!r)return[];let a=R(r);return[{kind:`answer`,answer:B(a,i),wire:a}]}function Mt({question:e,key:t}){return z(t)?{question:R(e),key:z(t)}:null}var X=`Asystent pisze…`,Nt=`Ustalanie lokalizacji…`,Pt=`Rozpoczęto nową rozmowę.`,Ft=300,It=1500,Lt=class{host;announcer;notices;endpoint;id=null;entries=[];status=``;busy=!1;letterProblem=null;#e=``;#t=new Set;#n;constructor(e,t,n,r){this.host=e,this.announcer=t,this.notices=n,this.endpoint=r,e.addController(this),this.#n=new vt(()=>`${r()}/events`,e=>this.#d(e))}resume(){addEventListener(`online`,this.#o),addEventListener(`pageshow`,this.#a);let e=this.entries.length?null:Ot(this.endpoint());e&&(this.id=e.conversation,this.#e=e.seen,this.entries=e.entries,this.host.requestUpdate(),this.id&&this.listen(),this.#o())}listen(){this.#n.listen(this.id,this.#e)}hostDisconnected(){this.#n.stop(),removeEventListener(`online`,this.#o),removeEventListener(`pageshow`,this.#a)}startAnew(){this.busy||(this.#n.stop(),this.id=null,this.#e=``,this.entries=[],this.letterProblem=null,this.#t.clear(),kt(null),this.announcer.say(Pt),this.host.requestUpdate())}isUsed(e){return this.#t.has(e)}write(e){let t=e.trim();return!t||this.busy?!1:(this.#r(t,{text:t}),!0)}choose(e){this.busy||this.isUsed(e)||(e.payload===`share_location`?this.#f(Nt,()=>this.#i(e)):(this.#t.add(e),this.#r(e.title,{button:e.payload})))}retry(e){this.busy||this.#f(X,()=>this.#s(e))}async leave(e,t){this.busy||(this.#_(null),await this.#f(X,async()=>{try{let n=await ht(e,e=>this.#c(G(e)));if(`problem`in n){this.#_(n);return}this.#t.add(t),this.#u(n.turn,this.#m(e.text))}catch(e){if(!(e instanceof W))throw e;this.#_({field:`form`,problem:e.message})}}))}#r(e,t){let n=this.#m(e,G(t));this.#f(X,()=>this.#s(n))}async#i(e){let t=this.#m(e.title),n=await Et().catch(e=>this.#h(t,e.message));n&&(this.#t.add(e),t.pending=G({location:n}),await this.#s(t))}#a=({persisted:e})=>{e&&(this.#n.stop(),this.id=null,this.entries=[],this.resume(),this.listen(),this.host.requestUpdate())};#o=()=>{let e=this.entries.filter(e=>e.kind===`question`&&e.pending&&[``,`Brak połączenia z internetem. Gdy połączenie wróci, wiadomość zostanie wysłana sama.`].includes(e.failure));!this.busy&&e.length&&this.#f(X,async()=>{for(let t of e)await this.#s(t)})};async#s(e){if(e.pending){e.failure=``,this.#p();try{this.#u(await this.#c(e.pending),e)}catch(t){if(!(t instanceof W))throw t;t.cure===`none`&&(e.pending=null),this.#h(e,t.message)}}}async#c(e){let t;try{t=await st(this.endpoint(),this.id,e)}catch(n){if(!(n instanceof W)||n.cure!==`resend`||!navigator.onLine)throw n;await new Promise(e=>setTimeout(e,It)),t=await st(this.endpoint(),this.id,e)}return this.id&&this.id!==t.conversation&&this.#l(e),this.id=t.conversation,t}#l(e){let t=this.entries.findIndex(t=>t.kind===`question`&&t.pending===e);t<0||(this.entries=this.entries.slice(t),this.#t.clear())}#u(e,t){t.pending=null;let n=e.answers.map((t,n)=>({kind:`answer`,answer:t,wire:e.wires[n]??{}})),r=this.entries.indexOf(t)+1;this.#g([...this.entries.slice(0,r),...n,...this.entries.slice(r)]),this.announcer.say(e.answers.map(He).join(` `),e.answers[0]?.lang),this.listen()}#d(e){let{kind:t,id:n,data:r}=e;if(n&&(this.#e=n),this.notices.take(e)||t!==`reply`)return;let i=B(r,this.endpoint());this.#g([...this.entries,{kind:`answer`,answer:i,wire:r}]),this.announcer.say(He(i))}async#f(e,t){this.busy=!0;let n=setTimeout(()=>this.#v(e),Ft);try{await t()}finally{clearTimeout(n),this.busy=!1,this.#v(``)}}#p(){kt({conversation:this.id,entries:this.entries,seen:this.#e})}#m(e,t=null){let n={kind:`question`,text:e,pending:t,failure:``};return this.#g([...this.entries,n]),n}#h(e,t){e.failure=t,this.#g([...this.entries]),this.announcer.say(t)}#g(e){this.entries=e,this.#p(),this.host.requestUpdate()}#_(e){this.letterProblem=e,this.host.requestUpdate()}#v(e){this.status=e,this.host.requestUpdate()}},Rt=`a[href], button, input, textarea, summary, [tabindex='0']`;function zt(e,t){if(e.key!==`Tab`)return;let n=[...t.querySelectorAll(Rt)],r=n.at(0),i=n.at(-1),a=t.getRootNode().activeElement;e.shiftKey&&(a===r||a===t)?Vt(e,i):!e.shiftKey&&a===i&&Vt(e,r)}function Bt(e){let t=matchMedia(`(hover: hover) and (pointer: fine)`).matches,n=e.querySelector(`textarea`);(t&&n?n:e).focus()}function Vt(e,t){e.preventDefault(),t?.focus()}function Ht(e){let t=R(e),n=z(t.text);return n?{title:z(t.title),text:n,privacyText:z(t.privacy_text),privacyUrl:z(t.privacy_url),topics:Ye(t.topics),map:Gt(t.map)}:null}function Ut(e){try{return Ht(JSON.parse(e))}catch{return console.warn(`city-assistant: the attribute „settings” is not valid JSON, the city is asked instead.`),null}}async function Wt(e){try{let t=await fetch(e,{headers:{Accept:`application/json`}});return t.ok?Ht(await t.json()):null}catch{return null}}function Gt(e){let{tiles:t,attribution:n}=R(e);return/^https?:\/\/\S+$/.test(z(t))?{tiles:z(t),attribution:z(n)}:null}var Kt=`widget-map.js`,qt=class{host;script;#e=!1;#t=new Set;constructor(e,t){this.host=e,this.script=t}actions(e){return{settings:e,failed:this.#e,isOpen:e=>this.#t.has(e),toggle:this.#n}}#n=e=>{this.#t.delete(e)?this.host.requestUpdate():this.#r(e)};async#r(e){this.#t.add(e);let t=new URL(Kt,this.script).href;this.#e=await import(t).then(()=>!1,()=>!0),this.host.requestUpdate()}},Jt=2**31-1,Yt=[`info`,`warning`,`danger`],Xt=class{host;announcer;#e=new Map;#t=new Set;#n;constructor(e,t){this.host=e,this.announcer=t,e.addController(this)}hostDisconnected(){clearTimeout(this.#n)}get visible(){return[`banner`,`alert`].flatMap(e=>{let t=this.#e.get(e);return t&&!this.#t.has(t.key)&&!Zt(t)?[t]:[]})}take({kind:e,data:t}){let n={alert:Qt,banner:$t}[e];if(!n)return!1;let r=n(t),i=r!==null&&r.key!==this.#e.get(e)?.key&&!Zt(r);return r?this.#e.set(e,r):this.#e.delete(e),i&&this.announcer.say([r.title,r.text].map(e=>e.replace(/\.?$/,`.`)).join(` `)),this.#r(),!0}async ask(e){try{let t=await fetch(e);t.status===200&&this.take({kind:`banner`,id:``,data:R(await t.json())})}catch{}}hide(e){this.#t.add(e.key),this.host.requestUpdate()}#r(){clearTimeout(this.#n);let e=this.visible.map(({until:e})=>Date.parse(e)-Date.now()).filter(e=>e>0);e.length&&(this.#n=setTimeout(()=>this.#r(),Math.min(...e,Jt))),this.host.requestUpdate()}};function Zt({until:e}){return Date.parse(e)<=Date.now()}function Qt(e){let[t,n]=[z(e.id),z(e.title)];return n?{key:`alert ${t}`,label:`Ostrzeżenie`,level:`warning`,title:n,text:z(e.text),until:``}:null}function $t(e){let t=z(e.text),n=Yt.find(t=>t===e.level)??`warning`,r={info:`Informacja`,danger:`Zagrożenie`}[n]??`Ważne`;return t?{key:`banner ${t}`,label:r,level:n,title:r,text:t,until:z(e.to)}:null}var en=o`
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
    margin-inline-end: 1.25rem;
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

  .show-map {
    margin-top: 0.75rem;
  }

  city-assistant-map {
    display: block;
    margin-top: 0.75rem;
  }
`,tn=o`
  .chart {
    margin: 0.75rem 0 0;
    container-type: inline-size;
  }

  .assistant:has(.chart) {
    width: 47rem;
    max-width: 100%;
  }

  .picture {
    border-radius: calc(var(--_radius) - 4px);
    background: #ffffff;
  }

  .picture img {
    display: block;
    width: 100%;
    height: auto;
    color: #13242e;
  }

  .picture .narrow {
    display: none;
    max-width: 26rem;
    margin-inline: auto;
  }

  .legend {
    display: none;
    margin-top: 0.5rem;
  }

  @container (width < 36rem) {
    .legend,
    .picture .narrow {
      display: block;
    }

    .picture .wide {
      display: none;
    }
  }

  summary {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    width: fit-content;
    min-height: var(--_target);
    color: var(--_accent);
    font-weight: 600;
    cursor: pointer;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary::before {
    content: "▸";
    width: 1em;
  }

  [open] > summary::before {
    content: "▾";
  }

  .rows {
    max-width: 26rem;
    max-height: 18rem;
    overflow: auto;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_surface);
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  caption {
    padding: 0.5rem;
    color: var(--_muted);
    font-size: 0.875rem;
    text-align: start;
  }

  th,
  td {
    padding: 0.3125rem 0.5rem;
    border-top: 1px solid var(--_line);
    text-align: start;
  }

  thead th {
    position: sticky;
    top: 0;
    background: var(--_surface);
    font-size: 0.875rem;
  }

  tbody th {
    color: var(--_muted);
    font-weight: 400;
    white-space: nowrap;
  }

  td {
    font-weight: 600;
  }

  th:last-child,
  td {
    text-align: end;
  }

  details .note {
    margin-top: 0.5rem;
  }
`,nn=o`
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
    width: min(27rem, calc(100vw - 2rem));
    height: min(46rem, calc(100vh - 6.5rem));
    box-shadow: var(--_shadow);
  }

  /* What lies around them is cut off. */
  .panel:focus-visible,
  .transcript:focus-visible,
  .rows:focus-visible {
    outline-offset: -3px;
  }

  .head {
    flex: none;
    display: flex;
    align-items: center;
    gap: 0.625rem;
    padding: 0.75rem 0.625rem 0.75rem 1rem;
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

  .close + .close {
    margin-inline-start: -0.625rem;
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
    .mark {
      display: none;
    }

    .floating .panel {
      inset: var(--_free-top, 0) 0 auto;
      width: auto;
      height: var(--_free-height, 100%);
      border: 0;
      border-radius: 0;
    }
  }

  @media (max-height: 30rem) {
    .floating .panel {
      inset-block: var(--_free-top, 0) auto;
      height: var(--_free-height, 100%);
    }

    .floating .transcript {
      flex: none;
      overflow: visible;
    }
  }

  @media (forced-colors: active) {
    .launcher,
    .send,
    .reply,
    .message {
      border: 1px solid ButtonText;
    }
  }
`,rn=o`
  .letter {
    display: grid;
    gap: 0.375rem;
    width: min(34rem, 100%);
    padding: 1rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }

  .letter fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
    margin: 0 0 0.375rem;
    padding: 0;
    border: 0;
  }

  .letter legend,
  .letter > label {
    padding: 0;
    font-weight: 600;
  }

  .choice {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-height: var(--_target);
  }

  .choice input {
    width: 1.25rem;
    height: 1.25rem;
    margin: 0;
    accent-color: var(--_accent);
  }

  .letter > input,
  .letter > textarea {
    width: 100%;
    min-height: var(--_target);
    padding: 0.5rem 0.75rem;
  }

  .letter > textarea {
    min-height: 6rem;
    max-height: none;
  }

  .letter [aria-invalid="true"] {
    border: 2px solid var(--_on-alarm);
  }

  .problem {
    padding: 0.5rem 0.75rem;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_alarm);
    color: var(--_on-alarm);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-top: 0.375rem;
  }

  .primary {
    min-height: var(--_target);
    padding: 0.4375rem 1.25rem;
    border: 0;
    border-radius: 22px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
`,an=o`
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

  .failure,
  .alarm.danger {
    background: var(--_alarm);
    color: var(--_on-alarm);
  }

  .failure .reply {
    margin-top: 0.625rem;
  }

  .message:focus-visible {
    outline-offset: 1px;
  }

  .text {
    white-space: pre-line;
  }

  .alarm,
  .offline {
    flex: none;
    padding: 0.625rem 1rem;
    background: var(--_notice);
    color: var(--_on-notice);
  }

  .alarm {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 0.75rem;
    overflow-wrap: anywhere;
  }

  /* Half a line at the end shows that there is more. */
  .alarm .text {
    max-height: 6.75rem;
    overflow-y: auto;
  }

  @media (max-height: 50rem) {
    .alarm .text {
      max-height: 3.75rem;
    }
  }

  .alarm + .alarm {
    border-top: 1px solid var(--_line);
  }

  .alarm.info {
    background: var(--_raised);
    color: var(--_text);
  }

  .alarm .reply {
    grid-area: 1 / 2 / span 2;
    align-self: start;
    margin-top: 0;
  }

  .offline {
    font-size: 0.9375rem;
  }

  city-assistant-rating {
    max-width: 100%;
    margin-top: -0.25rem;
  }

  .text + * {
    margin-top: 0.75rem;
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
`,on=o`
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

  /* As high as a finger, without moving the lines apart. */
  a[href^="tel:"] {
    display: inline-block;
    margin-block: -0.625rem;
    padding-block: 0.625rem;
    white-space: nowrap;
  }

  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
  }

  input,
  textarea {
    border: 1px solid var(--_control);
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_surface);
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
`,sn=class{host;constructor(e){this.host=e,e.addController(this)}hostConnected(){visualViewport?.addEventListener(`resize`,this.#e),visualViewport?.addEventListener(`scroll`,this.#e),this.#e()}hostDisconnected(){visualViewport?.removeEventListener(`resize`,this.#e),visualViewport?.removeEventListener(`scroll`,this.#e)}#e=()=>{visualViewport&&(this.host.style.setProperty(`--_free-height`,`${visualViewport.height}px`),this.host.style.setProperty(`--_free-top`,`${visualViewport.offsetTop}px`))}};function Z(e){return E`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${e}</svg>`}var cn=Z(D`<path d="M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z"/><path d="M8 9h8M8 12.5h5"/>`),ln=Z(D`<path d="M6 6l12 12M18 6 6 18"/>`),un=Z(D`<path d="M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4"/>`),dn=Z(D`<path d="M5 12h13M12.5 6l6 6-6 6"/>`),fn=Z(D`<path d="m5 12.5 4.5 4.5L19 7.5"/>`),pn=Z(D`<path d="M12 21c4.5-4.6 7-8 7-11a7 7 0 0 0-14 0c0 3 2.5 6.4 7 11Z"/><circle cx="12" cy="10" r="2.5"/>`),mn=Z(D`<path d="M20 4 4 11l7 2 2 7 7-16Z"/>`),hn=1e3,gn=850;function _n(e,t,n){let r=Math.max(0,hn-e.length),i=e.length>=gn;return E`
    <form
      class="composer"
      @submit=${e=>{e.preventDefault(),n()}}
    >
      <label for="question">Pytanie do asystenta</label>
      <textarea
        id="question"
        rows="1"
        maxlength=${hn}
        autocomplete="off"
        enterkeyhint="send"
        aria-describedby=${i?`counter`:k}
        .value=${e}
        @input=${e=>t(e.target.value)}
        @keydown=${e=>vn(e,n)}
      ></textarea>
      <button type="submit" class="send">${dn}<span class="hidden">Wyślij pytanie</span></button>
      ${i?E`<p class="counter" id="counter">${Le(r)}</p>`:k}
    </form>
  `}function vn(e,t){e.key!==`Enter`||e.shiftKey||e.isComposing||(e.preventDefault(),t())}var yn=String.raw`https?://[^\s<>"„”]+[^\s<>"„”.,;:!?)\]]`,bn=String.raw`(?:\+48[ -]?)?(?:\d{3}[ -]\d{3}[ -]\d{3}|\d{2}[ -]\d{3}[ -]\d{2}[ -]\d{2})`,xn=String.raw`(?:112|98[1-7]|99[1-9]|116 \d{3}|\d{9})`,Sn=[`tel. `,`telefon `,`numer `,`dzwonić `,`pod `,`: `,`lub `,`albo `,`oraz `,` i `,`all `,`sofort `,`фонуйте `,`воните `],Cn=/tel\.|telefon|numer|dzwon|zagroż|alarm|call|emergency|notruf|rufen|фонуйте|воните/i,wn=String.raw`(?<![\w+/-])(?<!\d[ .,])`,Tn=String.raw`(?![\w/])(?![ .,-]?\d)(?! ?(?:zł|PLN|euro|EUR|€|%|µg|osób|mieszk|kW|MW|km\b|m²))`,En=RegExp(`(${yn}|${wn}${bn}${Tn})`),Dn=RegExp(`(${yn}|${wn}(?:${bn}|(?:${Sn.map(e=>`(?<=${e})`).join(`|`)})${xn})${Tn})`);function On(e){return e.split(Cn.test(e)?Dn:En).map((e,t)=>({text:e,href:t%2?kn(e):null})).filter(({text:e})=>e)}function kn(e){if(e.startsWith(`http`))return e;let t=e.replace(/\D/g,``);return`tel:${t.length<9?t:`+48${t.slice(-9)}`}`}var An=E`<span class="hidden"> (otwiera się w nowej karcie)</span>`;function Q(e){return On(e).map(jn)}function jn({text:e,href:t}){if(t?.startsWith(`tel:`))return E`<a href=${t}>${e}</a>`;let n=L(t,document.baseURI);return n?E`<a href=${n} target="_blank" rel="noopener noreferrer">${e}${An}</a>`:Be(e)}function Mn(e,{startAnew:t,close:n}){return E`
    <div class="head">
      <span class="mark">${cn}</span>
      <div class="heading">
        <h2 id="title">${e}</h2>
        <p>Odpowiada automat, nie człowiek</p>
      </div>
      ${t?Fn(`Nowa rozmowa`,un,t):k}
      ${n?Fn(`Zamknij asystenta`,ln,n):k}
    </div>
  `}function Nn({label:e,level:t,title:n,text:r},i){return E`
    <div class="alarm ${t}" role="note" aria-label=${e}>
      <p><strong>${n}</strong></p>
      <p class="text" tabindex="0">${Q(r)}</p>
      <button type="button" class="reply" @click=${i}>Ukryj<span class="hidden">: ${n}</span></button>
    </div>
  `}function Pn(){return E`<p class="offline" role="status">Brak połączenia z internetem. Wcześniejsze odpowiedzi można czytać dalej.</p>`}function Fn(e,t,n){return E`<button type="button" class="close" aria-label=${e} title=${e} @click=${n}>${t}</button>`}var In=`.message`;function Ln(e){let t=e.currentTarget,n=e.target;if(n!==t&&!n.matches(In))return;let r=[...t.querySelectorAll(In)],i=r[Rn(e.key,r.indexOf(n),r.length-1)??-1];i&&(e.preventDefault(),i.focus())}function Rn(e,t,n){switch(e){case`ArrowUp`:return t<0?n:Math.max(t-1,0);case`ArrowDown`:return t<0?n:Math.min(t+1,n);case`Home`:return 0;case`End`:return n;default:return null}}var zn=1e4,Bn=[{code:`wrong`,title:`Błędna lub nieaktualna`},{code:`off_topic`,title:`Nie na temat`},{code:`unclear`,title:`Niezrozumiała`}];function Vn({decision:e,sources:t,buttons:n}){return!n.some(({payload:e})=>e===`cancel`)&&(e===`fallback`||e===`answered`&&t.length>0)}async function Hn(e,t,n,r){try{return(await fetch(e,{method:`POST`,headers:{"Content-Type":`application/json`},body:JSON.stringify({conversation:t,intent:n,...r}),signal:AbortSignal.timeout(zn)})).ok}catch{return!1}}var Un={width:720,height:400},Wn={width:280,height:330};function Gn(e){let{url:t,narrowUrl:n,description:r}=e;return E`
    <figure class="chart">
      ${t?E`${Kn(t,n??t,r)} ${Jn(e)}`:k}
      <p class="words" ?hidden=${t!==null}>${r}</p>
      ${Xn(e)}
    </figure>
  `}function Kn(e,t,n){return E`
    <div class="picture">
      ${qn(`wide`,e,n,Un)}
      ${qn(`narrow`,t,n,Wn)}
    </div>
  `}function qn(e,t,n,{width:r,height:i}){return E`<img class=${e} src=${t} alt=${n} width=${r} height=${i} loading="lazy" @error=${Yn} />`}function Jn({title:e,limit:t,source:n}){return E`
    <div class="legend note">
      <p>${e}.</p>
      ${t?E`<p>Linia przerywana: ${t}.</p>`:k} ${n?E`<p>${n}</p>`:k}
    </div>
  `}function Yn({currentTarget:e}){let t=e.closest(`figure`);for(let e of t.querySelectorAll(`.picture, .legend`))e.hidden=!0;t.querySelector(`.words`).hidden=!1}function Xn({title:e,unit:t,source:n,rows:r}){return E`
    <details>
      <summary>Dane w tabeli</summary>
      <div class="rows" role="group" aria-label="Tabela" tabindex="0">
        <table>
          <caption>
            ${e}
          </caption>
          <thead>
            <tr>
              <th scope="col">Data i godzina</th>
              <th scope="col">${t?`Wartość, ${t}`:`Wartość`}</th>
            </tr>
          </thead>
          <tbody>
            ${[...r].reverse().map(Zn)}
          </tbody>
        </table>
      </div>
      ${n?E`<p class="note">${n}</p>`:k}
    </details>
  `}function Zn({at:e,value:t}){return E`
    <tr>
      <th scope="row">${Fe(e)}</th>
      <td>${Re(t)}</td>
    </tr>
  `}function Qn(e,t){let{places:n}=e;return n.length?E`
    <ul class="places" role="list">
      ${n.map(er)}
    </ul>
    ${t.settings&&n.some(({position:e})=>e)?$n(e,t,t.settings):k}
  `:k}function $n(e,{isOpen:t,failed:n,toggle:r},i){let a=t(e);return E`
    <button type="button" class="reply show-map" aria-expanded=${a} @click=${()=>r(e)}>
      ${pn}${a?`Ukryj mapę`:`Pokaż na mapie`}
    </button>
    ${a&&!n?E`<city-assistant-map .places=${e.places} .settings=${i}></city-assistant-map>`:k}
    ${a&&n?E`<p class="note" role="alert">Nie udało się wczytać mapy. Adresy są na liście powyżej.</p>`:k}
  `}function er({name:e,address:t,details:n,distanceM:r,mapUrl:i,geoUri:a}){let o=L(i,document.baseURI);return E`
    <li>
      <p class="place-name">
        <strong>${e}</strong>
        ${r===null?k:E`<span class="distance">${Ie(r)}</span>`}
      </p>
      ${t?E`<p>${Be(t)}</p>`:k} ${n.map(e=>E`<p class="detail">${Q(e)}</p>`)}
      ${o?tr(o,e):k} ${a&&rr()?nr(a,e):k}
    </li>
  `}function tr(e,t){return E`
    <a class="map" href=${e} target="_blank" rel="noopener noreferrer">
      ${pn}Mapa<span class="hidden">: ${t}, otwiera się w nowej karcie</span>
    </a>
  `}function nr(e,t){return E`<a class="map" href=${e}>${mn}Nawiguj<span class="hidden">: ${t}</span></a>`}function rr(){return matchMedia(`(hover: none) and (pointer: coarse)`).matches&&!/iPhone|iPad|Macintosh/.test(navigator.userAgent)}function ir(e,t){let{text:n,facts:r,chart:i,sources:a,lang:o}=e;return E`
    <article class="message assistant" tabindex="-1" aria-label="Asystent" lang=${o}>
      ${n?or(n,o):k}
      ${r.length?E`<dl class="facts">${r.map(sr)}</dl>`:k} ${Qn(e,t)}
      ${i?Gn(i):k} ${a.map(cr)}
    </article>
  `}function ar(e,t,n){return e.length?E`
    <ul class="replies" role="list" aria-label="Do wyboru">
      ${e.map(e=>E`
          <li>
            <button type="button" class="reply" lang=${t} aria-disabled=${n.isUsed(e)} @click=${()=>n.choose(e)}>
              ${n.isUsed(e)?E`${fn}<span class="hidden">Wybrano:</span>`:k} ${e.title}
            </button>
          </li>
        `)}
    </ul>
  `:k}function or(e,t){return E`<div class="text">${Ve(e,t).map(e=>E`<p lang=${e.lang}>${Q(e.text)}</p>`)}</div>`}function sr({label:e,value:t,note:n}){return E`
    <div>
      <dt>${e}</dt>
      <dd>${Q(t)}${n?E` <span class="note">${n}</span>`:k}</dd>
    </div>
  `}function cr(e){let t=L(e.url,document.baseURI),n=ze(e).slice(e.name.length);return E`
    <p class="source">
      <span>Źródło: ${t?E`<a href=${t} target="_blank" rel="noopener noreferrer"
        >${e.name}${An}</a
      >`:e.name}${n}</span>
      ${e.sample?E`<span class="badge">dane przykładowe</span>`:k}
    </p>
  `}var lr=1e3;function ur(e,t,n,r){let i=e.at(-1),a=t.find(({payload:e})=>e===Ge);return E`
    <form class="letter" novalidate aria-label="Wiadomość do urzędu" @submit=${e=>dr(e,r.leave)}>
      <fieldset>
        <legend>Czego dotyczy sprawa?</legend>
        ${e.map(e=>E`
            <label class="choice"><input type="radio" name="topic" value=${e.payload} ?checked=${e===i} />${e.title}</label>
          `)}
      </fieldset>
      <label for="letter">Treść wiadomości</label>
      <textarea
        id="letter"
        name="text"
        rows="4"
        maxlength=${lr}
        autocomplete="off"
        aria-invalid=${n?.field===`text`}
        aria-describedby="letter-hint${n?.field===`text`?` letter-problem`:``}"
      ></textarea>
      <p id="letter-hint" class="note">Proszę nie podawać numeru PESEL ani informacji o zdrowiu.</p>
      ${$(n,`text`)}
      <label for="contact">E-mail lub telefon do odpowiedzi (nieobowiązkowo)</label>
      <input
        id="contact"
        name="contact"
        type="text"
        inputmode="email"
        autocomplete="email"
        maxlength="254"
        aria-invalid=${n?.field===`contact`}
        aria-describedby=${n?.field===`contact`?`letter-problem`:k}
      />
      ${$(n,`contact`)} ${$(n,`form`)}
      <div class="actions">
        <button type="submit" class="primary">Sprawdź i wyślij</button>
        ${a?E`<button type="button" class="reply" @click=${()=>r.choose(a)}>${a.title}</button>`:k}
      </div>
    </form>
  `}function $(e,t){return e?.field===t?E`<p id="letter-problem" class="problem" role="alert">${e.problem}</p>`:k}function dr(e,t){e.preventDefault();let n=new FormData(e.target),r=e=>String(n.get(e)??``).trim();t({topic:r(`topic`),text:r(`text`),contact:r(`contact`)})}var fr=12,pr={title:`Napisz do urzędu`,payload:`human_handoff`};function mr(e,t){return E`
    <div class="transcript" role="log" aria-live="off" aria-label="Rozmowa" tabindex="0" @keydown=${Ln}>
      ${t.settings?gr(t.settings,t.privacyHref,e):k} ${e.entries.map(n=>_r(n,e,t))}
      <p class="status" role="status">${e.status?xr(e.status):k}</p>
    </div>
  `}function hr(e){let t=[...e.querySelectorAll(`.resident`)].at(-1);if(!t)return;let n=t.offsetTop-fr;e.scrollTop=n;let r=Math.min(n,e.scrollHeight-e.clientHeight);e.parentElement&&(e.parentElement.scrollTop=e.offsetTop+n-r),t.getBoundingClientRect().top<0&&t.scrollIntoView({block:`start`})}function gr(e,t,n){let r=t?E` <a href=${t}>Więcej o prywatności</a>`:k;return E`
    <article class="message assistant" tabindex="-1" aria-label="Asystent">
      <p class="text">${e.text}</p>
      <p class="note">${e.privacyText}${r}</p>
    </article>
    ${ar(e.topics,`pl`,n)}
  `}function _r(e,t,n){return e.kind===`answer`?yr(e,e.answer,t,n):vr(e,t)}function vr(e,t){return E`
    <article class="message resident" tabindex="-1" aria-label="Pytanie">
      <p class="text" dir="auto">${e.text}</p>
    </article>
    ${e.failure?E`
          <article class="message failure" tabindex="-1" aria-label="Błąd">
            <p class="text">${Q(e.failure)}</p>
            ${e.pending?E`<button type="button" class="reply" @click=${()=>t.retry(e)}>Spróbuj ponownie</button>`:k}
          </article>
        `:k}
  `}function yr(e,t,n,r){let i=mt(t),a=n.isUsed(e),o=i.length>0&&e===n.entries.at(-1)&&!a,s=Vn(t)&&n.id;return E`
    ${ir(t,r.map)}
    ${s?E`<city-assistant-rating
          .address=${r.ratingAddress}
          .conversation=${n.id}
          .intent=${t.intent}
        ></city-assistant-rating>`:k}
    ${o?ur(i,t.buttons,n.letterProblem,{leave:t=>void n.leave(t,e),choose:e=>n.choose(e)}):ar(a?[]:br(t),t.lang,n)}
  `}function br({buttons:e,decision:t,lang:n}){let r=e.some(({payload:e})=>e===pr.payload);return t===`fallback`&&!r&&n===`pl`?[...e,pr]:e}function xr(e){return E`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${e}`}var Sr=document.currentScript instanceof HTMLScriptElement?document.currentScript.src:document.baseURI,Cr=`/api/v1/chat`,wr=`Asystent`,Tr=class extends I{static styles=[on,nn,an,en,rn,tn];static properties={inline:{type:Boolean},open:{type:Boolean,reflect:!0},endpoint:{type:String},topic:{type:String},settings:{converter:{fromAttribute:e=>e?Ut(e):null}},draft:{state:!0},online:{state:!0}};#e=new tt(this);#t=new Xt(this,this.#e);#n=new Lt(this,this.#e,this.#t,()=>this.endpoint);#r=new qt(this,Sr);#i=[];#a=null;#o=!1;constructor(){super(),this.inline=!1,this.open=!1,this.endpoint=new URL(Cr,Sr).href,this.topic=``,this.settings=null,this.draft=``,this.online=navigator.onLine,new sn(this)}connectedCallback(){super.connectedCallback(),this.lang||=`pl`,addEventListener(`online`,this.#d),addEventListener(`offline`,this.#d)}disconnectedCallback(){super.disconnectedCallback(),removeEventListener(`online`,this.#d),removeEventListener(`offline`,this.#d),this.#o=!1}render(){let{settings:e}=this;return E`
      <div class=${this.inline?`inline`:`floating`} @keydown=${this.#y}>
        ${this.inline?k:this.#s()}
        <section
          id="panel"
          class="panel"
          role=${this.inline?`region`:`dialog`}
          aria-labelledby="title"
          tabindex="-1"
          ?hidden=${!this.inline&&!this.open}
        >
          ${Mn(e?.title||wr,{startAnew:this.#n.entries.length?this.#m:null,close:this.inline?null:this.#g})}
          ${this.#t.visible.map(e=>Nn(e,()=>this.#t.hide(e)))}
          ${mr(this.#n,{settings:e,privacyHref:L(e?.privacyUrl||null,Sr),ratingAddress:new URL(`feedback`,this.endpoint).href,map:this.#r.actions(e?.map??null)})}
          ${this.online?k:Pn()} ${_n(this.draft,this.#f,this.#p)}
        </section>
        <div class="hidden" aria-live="polite" lang=${this.#e.lang}>${this.#e.text}</div>
      </div>
    `}update(e){let t=this.renderRoot.activeElement;super.update(e),t&&!t.isConnected&&this.renderRoot.querySelector(`.transcript`)?.focus({preventScroll:!0})}updated(e){let t=this.renderRoot.querySelector(`.transcript`),{entries:n,status:r,letterProblem:i}=this.#n;t&&(n!==this.#i||r)&&hr(t),this.#i=n,i&&i!==this.#a&&this.renderRoot.querySelector(`.letter [aria-invalid='true']`)?.focus(),this.#a=i,(this.inline||this.open)&&this.#c(),e.has(`open`)&&e.get(`open`)===!1&&!this.inline&&this.#_()}#s(){return E`
      <button
        type="button"
        class="launcher"
        aria-haspopup="dialog"
        aria-expanded=${this.open}
        aria-controls="panel"
        @click=${this.open?this.#g:this.#h}
      >
        ${cn}<span>Zapytaj asystenta</span>
      </button>
    `}#c(){this.#o||(this.#o=!0,this.#n.resume(),this.inline?this.settings||this.#t.ask(new URL(`banner`,this.endpoint).href):this.#n.listen(),this.#l(),this.topic&&!this.#n.entries.length&&this.#n.choose({title:this.#u(),payload:this.topic}))}async#l(){this.settings||(this.settings=await Wt(new URL(`widget`,this.endpoint).href),this.#v())}#u(){return this.settings?.topics.find(({payload:e})=>e===this.topic)?.title??this.getAttribute(`topic-title`)??this.topic}#d=()=>{this.online=navigator.onLine,this.online&&this.#o&&this.#l()};#f=e=>{this.draft=e,e.length>=1e3&&this.#e.say(Le(0))};#p=()=>{this.#n.write(this.draft)&&(this.draft=``)};#m=()=>{this.#n.startAnew(),this.renderRoot.querySelector(`textarea`)?.focus()};#h=()=>{this.open=!0};#g=()=>{this.open=!1,this.renderRoot.querySelector(`.launcher`)?.focus()};#_(){let e=this.renderRoot.querySelector(`.panel`);this.open&&e&&(Bt(e),this.#v())}#v(){this.open&&this.settings&&!this.#n.entries.length&&this.#e.say(this.settings.text)}#y=e=>{!this.inline&&this.open&&(e.key===`Escape`?this.#g():zt(e,this.renderRoot.querySelector(`.panel`)))}},Er=o`
  :host {
    background: none;
    font-size: 0.875rem;
  }

  .rating,
  .comment {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.375rem;
    color: var(--_muted);
  }

  .rating + .rating,
  .comment {
    margin-top: 0.375rem;
  }

  button {
    min-width: var(--_target);
    min-height: var(--_target);
    padding: 0 0.75rem;
    border: 1px solid var(--_control);
    border-radius: 22px;
    background: var(--_surface);
    color: var(--_text);
  }

  button:hover {
    background: var(--_raised);
  }

  button[aria-pressed="true"] {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }

  label {
    flex: 1 0 100%;
  }

  input {
    flex: 1 1 10rem;
    min-width: 0;
    min-height: var(--_target);
    padding: 0 0.75rem;
  }

  .said {
    color: var(--_muted);
  }
`,Dr=300,Or=`Dziękujemy za opinię.`,kr=`Nie udało się zapisać opinii. Proszę spróbować za chwilę.`,Ar={"city-assistant":Tr,"city-assistant-rating":class extends I{static styles=[on,Er];static properties={address:{attribute:!1},conversation:{attribute:!1},intent:{attribute:!1},given:{state:!0},said:{state:!0}};constructor(){super(),this.given=null,this.said=``}render(){return E`
      <div class="rating" role="group" aria-label="Ocena odpowiedzi">
        <span>Czy to pomogło?</span>
        ${this.#e(`Tak`,!0)} ${this.#e(`Nie`,!1)}
      </div>
      ${this.given?.helpful===!1?this.#t():k}
      <p class="said" role="status">${this.said}</p>
    `}#e(e,t){return E`
      <button type="button" aria-pressed=${this.given?.helpful===t} @click=${()=>this.#r({helpful:t})}>
        ${e}
      </button>
    `}#t(){return E`
      <div class="rating" role="group" aria-label="Co było nie tak">
        ${Bn.map(({code:e,title:t})=>E`
            <button
              type="button"
              aria-pressed=${this.given?.reason===e}
              @click=${()=>this.#r({...this.given,helpful:!1,reason:e})}
            >
              ${t}
            </button>
          `)}
      </div>
      <form class="comment" @submit=${this.#n}>
        <label for="comment">Co poprawić? (nieobowiązkowo, bez danych osobowych)</label>
        <input id="comment" name="comment" maxlength=${Dr} autocomplete="off" />
        <button type="submit">Wyślij opinię</button>
      </form>
    `}#n=e=>{e.preventDefault();let t=String(new FormData(e.target).get(`comment`)??``).trim();t&&this.#r({...this.given,helpful:!1,comment:t})};async#r(e){let t=this.given;this.given=e,this.said=``;let n=await Hn(this.address,this.conversation,this.intent,e);this.said=n?Or:kr,n||(this.given=t)}}};for(let[e,t]of Object.entries(Ar))customElements.get(e)||customElements.define(e,t)})();